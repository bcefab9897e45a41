#include "ui/widgets/clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>
#include <QPointer>
#include <QTimer>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;
constexpr auto secretLifetime = 60s;

} // namespace

void copyText(const QString& text, bool secret) {
    QClipboard* clipboard = QGuiApplication::clipboard();
    auto* data = new QMimeData;
    data->setText(text);
    // Klipper's convention, which GNOME's and other history keepers follow too.
    if (secret) data->setData(QStringLiteral("x-kde-passwordManagerHint"), QByteArrayLiteral("secret"));
    clipboard->setMimeData(data);
    if (!secret) return;
    const QPointer<const QMimeData> ours(clipboard->mimeData());
    QTimer::singleShot(secretLifetime, clipboard, [clipboard, ours] {
        if (ours && clipboard->ownsClipboard() && clipboard->mimeData() == ours) clipboard->clear();
    });
}

} // namespace gw::ui
