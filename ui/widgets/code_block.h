// Text for machines: commands, configuration, JSON, other people's error texts.
#pragma once

#include "ui/style/theme.h"

#include <QFrame>

#include <functional>

namespace gw::ui {

class IconButton;
class Button;
class CodeView;
class Text;

// Fixed-pitch text that wraps with ↪, simple highlighting, one Copy button, no secrets unless told. The text can be
// selected with the mouse and with Ctrl+A.
class CodeBlock : public QFrame {
    Q_OBJECT
public:
    explicit CodeBlock(const QString& accessibleName, QWidget* parent = nullptr);
    void setCode(const QString& code);
    [[nodiscard]] QString code() const { return code_; }
    // What Copy takes, where it differs from what is shown (hidden secrets). What it returns is copied as a secret.
    void setCopySource(std::function<QString()> source);
    // A line above the block with the words, and Copy at its right; without it Copy lies in the block's corner.
    void setTitle(const QString& title);
    // Plain ink for other people's words.
    void setHighlighted(bool highlighted);
    // Lines from this one on (0 based) in quiet ink.
    void setQuietFrom(int line);
    void setCopyObjectName(const QString& name);
    // Runs Copy, as the button does.
    void copy();

Q_SIGNALS:
    void copied();

private:
    void showCopied();
    QString code_;
    std::function<QString()> source_;
    QWidget* header_ = nullptr;
    Text* title_ = nullptr;
    Button* titleCopy_ = nullptr;
    IconButton* cornerCopy_ = nullptr;
    CodeView* view_ = nullptr;
};

} // namespace gw::ui
