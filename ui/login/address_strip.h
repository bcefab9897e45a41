// Who one is talking to: host, path and TLS state, always in view, with back, reload and zoom beside them.
#pragma once

#include <QString>
#include <QUrl>
#include <QWidget>

class QAbstractButton;

namespace gw::ui {

class IconButton;

enum class AddressTrust {
    Pending,    // not answered yet
    Trusted,    // https with a certificate that the engine accepted
    Loopback,   // this computer, not encrypted
    Untrusted,  // the certificate was refused
    Unencrypted // an address that is not opened
};

// Read-only: paints host and path apart, and is one sentence to a screen reader.
class AddressField : public QWidget {
    Q_OBJECT
public:
    explicit AddressField(QWidget* parent = nullptr);
    void set(const QUrl& url, AddressTrust trust);
    [[nodiscard]] AddressTrust trust() const { return trust_; }
    [[nodiscard]] QString host() const { return host_; }
    // "Certificate trusted".
    [[nodiscard]] QString statement() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString host_, path_;
    AddressTrust trust_ = AddressTrust::Pending;
};

class AddressStrip : public QWidget {
    Q_OBJECT
public:
    explicit AddressStrip(QWidget* parent = nullptr);
    [[nodiscard]] AddressField& field() { return *field_; }
    void setCanGoBack(bool can);
    void setLoading(bool loading);
    // 1.0 is "100 %".
    void setZoom(double factor);
    // A window that the provider opened lies over the first page, and can be closed.
    void setPopup(bool isPopup);

Q_SIGNALS:
    void backWanted();
    void reloadWanted();
    void stopWanted();
    void zoomStepWanted(int direction);
    void zoomResetWanted();
    void closePopupWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    IconButton* back_;
    IconButton* reload_;
    IconButton* closePopup_;
    AddressField* field_;
    IconButton* zoomOut_;
    QAbstractButton* zoomReset_;
    IconButton* zoomIn_;
    bool loading_ = false;
};

// Two pixels of accent under the strip.
class ProgressLine : public QWidget {
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);
    // 0 to 100; at 100 only the line of the strip is left.
    void setProgress(int percent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int percent_ = 100;
};

} // namespace gw::ui
