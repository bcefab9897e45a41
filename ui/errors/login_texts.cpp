// The sign-in window, the system browser and the practice environment.
#include "ui/errors/error_entry.h"

#include <QtGlobal>

namespace gw::ui::errors {

namespace {

constexpr ErrorEntry entries[] = {
    {"login.provider_unreachable",
     QT_TRANSLATE_NOOP("ErrorText", "[{host}|The provider] cannot be reached"),
     QT_TRANSLATE_NOOP("ErrorText", "The login page did not load[: {reason}]. No password was sent anywhere."),
     {QT_TRANSLATE_NOOP("ErrorText", "Connect to the network or the VPN, then try again."),
      QT_TRANSLATE_NOOP("ErrorText", "Check the login address in the provider's settings.")}},
    {"login.certificate_refused",
     QT_TRANSLATE_NOOP("ErrorText", "The certificate of [{host}|this page] is not trusted"),
     QT_TRANSLATE_NOOP("ErrorText", "[{reason}. ]The page was not opened, since somebody between here and there could read the password."),
     {QT_TRANSLATE_NOOP("ErrorText", "Check this computer's date and time."),
      QT_TRANSLATE_NOOP("ErrorText", "In a company network that inspects TLS, its root certificate must be among the system's.")}},
    {"login.engine_died",
     QT_TRANSLATE_NOOP("ErrorText", "The login page stopped working"),
     QT_TRANSLATE_NOOP("ErrorText", "The web engine ended in the middle of the sign-in. Nothing was captured and no session was changed."),
     {QT_TRANSLATE_NOOP("ErrorText", "Load the page again."),
      QT_TRANSLATE_NOOP("ErrorText", "Use the system browser if it happens again.")}},
    {"login.engine_unavailable",
     QT_TRANSLATE_NOOP("ErrorText", "The built-in sign-in window cannot start"),
     QT_TRANSLATE_NOOP("ErrorText", "[{reason}. ]The web engine is not installed or cannot run here. Everything else works."),
     {QT_TRANSLATE_NOOP("ErrorText", "Sign in with the system browser, or paste a response."),
      QT_TRANSLATE_NOOP("ErrorText", "Install the package libqt6webenginecore6-bin.")}},
    {"login.embedded_view_refused",
     QT_TRANSLATE_NOOP("ErrorText", "The provider does not allow sign-in in an embedded window"),
     QT_TRANSLATE_NOOP("ErrorText", "[{host} said so. ]Some providers ask for their own browser, a device check or a security key."),
     {QT_TRANSLATE_NOOP("ErrorText", "Sign in with the system browser."),
      QT_TRANSLATE_NOOP("ErrorText", "Or paste the response.")}},
    {"login.proxy_needs_password",
     QT_TRANSLATE_NOOP("ErrorText", "The proxy asks for a password"),
     QT_TRANSLATE_NOOP("ErrorText", "[{host} can be reached only through a proxy that wants a name and a password. ]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Enter them in the sign-in window, or set them in the system's network settings.")}},
    {"login.unsafe_address",
     QT_TRANSLATE_NOOP("ErrorText", "The address is not safe"),
     QT_TRANSLATE_NOOP("ErrorText", "[{url} ]Only https is opened, since a password typed into this page must not travel in the open."),
     {QT_TRANSLATE_NOOP("ErrorText", "Correct the login address in the provider's settings.")}},
    {"login.capture_lost",
     QT_TRANSLATE_NOOP("ErrorText", "The provider's answer could not be read from the page"),
     QT_TRANSLATE_NOOP("ErrorText", "The answer was stopped before it left this computer, but the page had changed by then."),
     {QT_TRANSLATE_NOOP("ErrorText", "Sign in again."),
      QT_TRANSLATE_NOOP("ErrorText", "Use the system browser or paste the response if it happens again.")}},
    {"login.sandbox_off",
     QT_TRANSLATE_NOOP("ErrorText", "The web engine runs without its sandbox"),
     QT_TRANSLATE_NOOP("ErrorText", "The program runs as root or the system forbids the sandbox, so a hostile page would meet less "
                                    "resistance."),
     {QT_TRANSLATE_NOOP("ErrorText", "Start Gatewarden as an ordinary user.")}},
    {"browser.not_opened",
     QT_TRANSLATE_NOOP("ErrorText", "No web browser could be opened"),
     QT_TRANSLATE_NOOP("ErrorText", "The system knows no program for web addresses."),
     {QT_TRANSLATE_NOOP("ErrorText", "Copy the address and open it in a browser.")}},
    {"loopback.cannot_listen",
     QT_TRANSLATE_NOOP("ErrorText", "The answer of the browser cannot be received"),
     QT_TRANSLATE_NOOP("ErrorText", "[The address {address} is in use or forbidden. ]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Close other sign-ins, then try again."),
      QT_TRANSLATE_NOOP("ErrorText", "Or paste the response.")}},
    {"practice.cannot_listen",
     QT_TRANSLATE_NOOP("ErrorText", "The practice environment cannot start"),
     QT_TRANSLATE_NOOP("ErrorText", "It needs two ports on this computer's loopback address, and got none[: {reason}]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Close other programs that use many ports, then try again.")}},
    {"practice.cannot_make_keys",
     QT_TRANSLATE_NOOP("ErrorText", "The practice environment has no keys"),
     QT_TRANSLATE_NOOP("ErrorText", "They are made at the first start, and could not be made or stored[: {reason}]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Check that the practice folder can be written[: {path}].")}},
    {"practice.bad_organisation",
     QT_TRANSLATE_NOOP("ErrorText", "The practice organisation cannot be read"),
     QT_TRANSLATE_NOOP("ErrorText", "[{path} is damaged. ]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Install Gatewarden again.")}},
};

} // namespace

std::span<const ErrorEntry> loginTexts() { return entries; }

} // namespace gw::ui::errors
