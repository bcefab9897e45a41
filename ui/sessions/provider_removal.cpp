#include "ui/sessions/provider_removal.h"

#include "ui/errors_text.h"
#include "ui/sessions/text_of.h"

#include <QCoreApplication>

namespace gw::ui {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ProviderRemoval", text); }

void tellFailure(const SessionsContext& context, const QString& title, const Error& error) {
    context.window.showToast({QStringLiteral("providers.removed"), ToastKind::Error, title, explainBriefly(error), {}, {}});
}

} // namespace

void removeProvider(const SessionsContext& context, const sessions::ProviderId& id) {
    const sessions::Provider* known = context.providers.find(id);
    if (!known || context.providers.isBuiltIn(id)) return;
    const sessions::Provider removed = *known;
    if (auto done = context.providers.remove(id); !done)
        return tellFailure(context, tr(QT_TRANSLATE_NOOP("ProviderRemoval", "The provider was not removed")), done.error());
    context.window.showToast({QStringLiteral("providers.removed"), ToastKind::Info,
                              tr(QT_TRANSLATE_NOOP("ProviderRemoval", "%1 removed")).arg(textOf(removed.name)),
                              tr(QT_TRANSLATE_NOOP("ProviderRemoval", "Live sessions go on until they end.")),
                              tr(QT_TRANSLATE_NOOP("ProviderRemoval", "Undo")), [&context, removed] {
                                  if (auto back = context.providers.save(removed); !back)
                                      tellFailure(context, tr(QT_TRANSLATE_NOOP("ProviderRemoval", "The provider was not put back")), back.error());
                              }});
}

} // namespace gw::ui
