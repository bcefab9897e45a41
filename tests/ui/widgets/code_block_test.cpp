#include "tests/support/ui_application.h"
#include "ui/widgets/button.h"
#include "ui/widgets/clipboard.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/code_highlight.h"
#include "ui/widgets/code_view.h"

#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>

using namespace gw::ui;

namespace {

QString describe(const QString& line) {
    QStringList words;
    for (const CodeSpan& span : highlight(line)) {
        const char* color = span.color == Color::CodeKey      ? "key"
                            : span.color == Color::CodeString ? "string"
                            : span.color == Color::CodeNumber ? "number"
                                                              : "comment";
        words.append(QStringLiteral("%1:%2").arg(QLatin1String(color), line.mid(span.start, span.length)));
    }
    return words.join(QLatin1Char('|'));
}

} // namespace

class CodeBlockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inks_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("inks");
        const auto row = [](const char* name, const char* line, const char* inks) {
            QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(inks);
        };
        row("ini", "region = eu-west-1", "key:region");
        row("ini command", "credential_process = gatewarden-credentials --profile=x", "key:credential_process");
        row("section", "[profile nwr-pay-prod]", "");
        row("comment", "# managed by gatewarden 7c1e", "comment:# managed by gatewarden 7c1e");
        row("json", "\"Effect\": \"Allow\",", "key:\"Effect\"|string:\"Allow\"");
        row("number and comment", "7200 # two hours", "number:7200|comment:# two hours");
        row("export", "export AWS_PROFILE='a b'", "key:AWS_PROFILE|string:'a b'");
        row("powershell", "$Env:AWS_PROFILE = \"x\"", "string:\"x\"");
        row("hash within a word", "a#b", "");
        row("escaped quote", "\"a\\\"b\" 1", "string:\"a\\\"b\"|number:1");
        row("unfinished quote", "\"abc", "string:\"abc");
        row("account id in an arn", "arn:aws:iam::222233334444:role/x", "");
        row("empty", "", "");
    }
    void inks() {
        QFETCH(QString, line);
        QTEST(describe(line), "inks");
    }

    void wrapsAndGrows() {
        CodeView view(nullptr);
        view.setCode(QStringLiteral("credential_process = gatewarden-credentials --profile nwr-pay-prod"));
        QCOMPARE(view.heightForWidth(2000), 16 + type::code.line);
        QCOMPARE(view.heightForWidth(300) % type::code.line, 16);
        QVERIFY(view.heightForWidth(300) > view.heightForWidth(2000));
        view.setCode(QStringLiteral("a\nb\n\nc"));
        QCOMPARE(view.heightForWidth(2000), 16 + 4 * type::code.line);
    }

    void copiesWhatItShows() {
        CodeBlock block(QStringLiteral("Try it"));
        block.setObjectName(QStringLiteral("use.try"));
        block.setCode(QStringLiteral("aws s3 ls --profile nwr-pay-prod"));
        block.show();
        QSignalSpy copied(&block, &CodeBlock::copied);
        auto* corner = block.findChild<IconButton*>(QStringLiteral("use.try.copy.corner"));
        QVERIFY(corner != nullptr && corner->isVisible());
        QTest::mouseClick(corner, Qt::LeftButton);
        QCOMPARE(copied.count(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("aws s3 ls --profile nwr-pay-prod"));
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("x-kde-passwordManagerHint")));
    }

    void copiesSecretsMarked() {
        CodeBlock block(QStringLiteral("Shell"));
        block.setObjectName(QStringLiteral("use.shell"));
        block.setTitle(QStringLiteral("Paste into a shell"));
        block.setCode(QStringLiteral("export AWS_SECRET_ACCESS_KEY=••••"));
        block.setCopySource([] { return QStringLiteral("export AWS_SECRET_ACCESS_KEY=invented"); });
        block.show();
        auto* copy = block.findChild<Button*>(QStringLiteral("use.shell.copy"));
        QVERIFY(copy != nullptr && copy->isVisible());
        QTest::keyClick(copy, Qt::Key_Space);
        const QMimeData* held = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(held->text(), QStringLiteral("export AWS_SECRET_ACCESS_KEY=invented"));
        QCOMPARE(held->data(QStringLiteral("x-kde-passwordManagerHint")), QByteArray("secret"));
        // Only what is shown can be selected.
        auto* view = block.findChild<CodeView*>();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(view->selectedText(), QStringLiteral("export AWS_SECRET_ACCESS_KEY=••••"));
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("export AWS_SECRET_ACCESS_KEY=••••"));
    }

    void selectsByMouse() {
        CodeView view(nullptr);
        view.setCode(QStringLiteral("first line\nsecond line"));
        view.resize(400, view.heightForWidth(400));
        view.show();
        QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(2, 12));
        QTest::mouseMove(&view, QPoint(390, 12));
        QMouseEvent drag(QEvent::MouseMove, QPointF(390, 12), QPointF(390, 12), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&view, &drag);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(390, 12));
        QCOMPARE(view.selectedText(), QStringLiteral("first line"));
    }
};

GW_UI_TEST_MAIN(CodeBlockTest)
#include "code_block_test.moc"
