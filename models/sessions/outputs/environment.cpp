#include "models/sessions/outputs/outputs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gw::sessions {
namespace {

constexpr std::array<std::pair<std::string_view, Shell>, 7> shellNames = {{{"bash", Shell::Bash},
                                                                           {"zsh", Shell::Zsh},
                                                                           {"fish", Shell::Fish},
                                                                           {"powershell", Shell::PowerShell},
                                                                           {"pwsh", Shell::PowerShell},
                                                                           {"cmd", Shell::Cmd},
                                                                           {"sh", Shell::Bash}}};

bool fits(std::string_view value, Shell shell) {
    return std::none_of(value.begin(), value.end(), [shell](char c) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) return true;
        // cmd expands these inside quotes too, differently at the prompt and in a batch file.
        return shell == Shell::Cmd && (c == '"' || c == '%' || c == '!');
    });
}

// PowerShell takes the typographic single quotes U+2018 to U+201B for the plain one (language specification 2.3.5.2).
std::size_t typographicQuote(std::string_view text) {
    const bool quote = text.size() >= 3 && text.substr(0, 2) == "\xe2\x80" && text[2] >= '\x98' && text[2] <= '\x9b';
    return quote ? 3 : 0;
}

void appendPosix(std::string& line, std::string_view value) {
    line += '\'';
    for (const char c : value) {
        if (c == '\'')
            line += "'\\''";
        else
            line += c;
    }
    line += '\'';
}

void appendFish(std::string& line, std::string_view value) {
    line += '\'';
    for (const char c : value) {
        if (c == '\'' || c == '\\') line += '\\';
        line += c;
    }
    line += '\'';
}

void appendPowerShell(std::string& line, std::string_view value) {
    line += '\'';
    for (std::size_t i = 0; i < value.size();) {
        const std::size_t quote = value[i] == '\'' ? 1 : typographicQuote(value.substr(i));
        const std::size_t length = quote == 0 ? 1 : quote;
        line += value.substr(i, length);
        if (quote != 0) line += value.substr(i, length);
        i += length;
    }
    line += '\'';
}

void appendAssignment(std::string& text, Shell shell, std::string_view name, std::string_view value) {
    if (value.empty() || !fits(value, shell)) return;
    switch (shell) {
    case Shell::Bash:
    case Shell::Zsh:
        text += "export ";
        text += name;
        text += '=';
        appendPosix(text, value);
        break;
    case Shell::Fish:
        text += "set -gx ";
        text += name;
        text += ' ';
        appendFish(text, value);
        break;
    case Shell::PowerShell:
        text += "$Env:";
        text += name;
        text += " = ";
        appendPowerShell(text, value);
        break;
    case Shell::Cmd:
        text += "set \"";
        text += name;
        text += '=';
        text += value;
        text += '"';
        break;
    }
    text += shell == Shell::Cmd ? "\r\n" : "\n";
}

} // namespace

std::optional<Shell> parseShell(std::string_view name) {
    for (const auto& [known, shell] : shellNames)
        if (known == name) return shell;
    return std::nullopt;
}

Secret environment(const Session& session, const cloud::Credentials& credentials, Shell shell) {
    const std::string& region = session.region.value();
    std::string text;
    // Four for each byte is the most that quoting makes of it; a buffer that grows would leave copies behind.
    text.reserve(4 * (credentials.accessKeyId.size() + credentials.secretAccessKey.size() + credentials.sessionToken.size() +
                      2 * region.size()) +
                 512);
    appendAssignment(text, shell, "AWS_ACCESS_KEY_ID", credentials.accessKeyId);
    appendAssignment(text, shell, "AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey.reveal());
    appendAssignment(text, shell, "AWS_SESSION_TOKEN", credentials.sessionToken.reveal());
    appendAssignment(text, shell, "AWS_REGION", region);
    appendAssignment(text, shell, "AWS_DEFAULT_REGION", region);
    appendAssignment(text, shell, "AWS_CREDENTIAL_EXPIRATION", credentials.expiration.toRfc3339());
    return Secret(std::move(text));
}

} // namespace gw::sessions
