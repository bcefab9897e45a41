// Who one is talking to: host, path and TLS state, always in view, with back, reload and zoom beside them.
#pragma once

#include <QString>
#include <QUrl>
#include <QWidget>

namespace gw::ui {

class IconButton;
class Text;

enum class AddressTrust {
    Pending,     // not loaded yet
    Trusted,     // https with a certificate that the engine accepted
    Loopback,    // this computer, not encrypted
    Untrusted,   // the certificate was refused
    Unencrypted  // an address that is not opened
};

// The address itself: a read-only field that paints host and path apart and is one piece to a screen reader.
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
    void setAddress(const QUrl& url, AddressTrust trust) { field_->set(url, trust); }
    void setCanGoBack(bool can);
    void setLoading(bool loading);
    // 1.0 is "100 %".
    void setZoom(double factor);
    // Shown while a page of the provider's own lies over the first one.
    void setPopup(bool isPopup);
    [[nodiscard]] AddressField& field() { return *field_; }

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
    IconButton* zoomIn_;
    class ZoomText* zoomText_;
    bool loading_ = false;
};

// Two pixels of accent under the strip.
class ProgressLine : public QWidget {
    Q_OBJECT
public:
    explicit ProgressLine(QWidget* parent = nullptr);
    // 0 to 100; 100 hides it.
    void setProgress(int percent);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int percent_ = 100;
};

} // namespace gw::ui
