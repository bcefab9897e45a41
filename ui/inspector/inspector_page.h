// The Inspector screen: any SAML response or metadata, what is signed in it, what is wrong with it, and what AWS will say.
// Takes files, pasted text, drops and captured responses. Nothing is examined on the GUI thread.
#pragma once

#include "ui/inspector/inspect_runner.h"
#include "ui/inspector/inspector_context.h"
#include "ui/inspector/kept_copy.h"

#include <QTimer>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace gw::ui {

class CodeArea;
class DropHint;
class EmptyState;
class ErrorState;
class InspectorBar;
class InspectorView;
class SaveSheet;

class InspectorPage : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPage(const InspectorContext& context, QWidget* parent = nullptr);
    ~InspectorPage() override;

    // Each begins anew: what was shown or is under way is given up.
    void openText(Secret text, InputOrigin origin);
    void openFile(const QString& path);
    void openCapture(quint64 number);
    // The newest capture of a provider. False where there is none.
    bool openCaptureOf(const sessions::ProviderId& provider);
    void paste();
    void askForFile();
    // The second one of a comparison.
    void askForComparison();
    void askForFileToCompare();
    void compareWithFile(const QString& path);
    void compareWithText(Secret text, InputOrigin origin);
    void compareWithCapture(quint64 number);

    void askToSave(CopyKind kind);
    void find();
    // "coverage", "tree", "canonical", "hex", "compare", "findings".
    void showTab(const QString& id);
    // Null where nothing is shown.
    [[nodiscard]] const ExaminedPtr& examined() const { return examined_; }
    [[nodiscard]] bool busy() const;
    void refreshProviders();

Q_SIGNALS:
    // Something else is shown, or nothing any more.
    void shown();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    void run();
    void show(const ExaminedPtr& examined);
    void showFailure(const Error& error, const QString& name);
    void trustChanged();
    // Chooses the configured provider that the response names as its issuer, where there is one.
    void matchTrust();
    void matchNext(std::vector<sessions::Provider> left, const std::string& issuer, quint64 input);
    void readThen(const QString& path, std::function<void(Secret, const QString&)> then);
    void captureMenu(const QPoint& at);
    void compareMenu();
    // What was wiped from the shelf must not go on living on the screen.
    void dropWiped();
    void clear();
    void tellSubtitle();

    const InspectorContext& context_;
    InspectRunner runner_, second_;
    std::shared_ptr<const Secret> input_;
    InputOrigin origin_;
    quint64 comparedCapture_ = 0;
    std::size_t message_ = 0;
    quint64 inputNumber_ = 0;
    bool trustByPerson_ = false;
    ExaminedPtr examined_;
    std::optional<Error> trustProblem_;
    InspectorBar* bar_ = nullptr;
    SaveSheet* sheet_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    QWidget* empty_ = nullptr;
    QWidget* wiped_ = nullptr;
    QWidget* loading_ = nullptr;
    QWidget* failedPage_ = nullptr;
    ErrorState* failure_ = nullptr;
    InspectorView* view_ = nullptr;
    DropHint* dropHint_ = nullptr;
};

} // namespace gw::ui
