#include "models/cloud/sts_messages.h"

#include "saml/base/base64.h"

#include <QByteArray>
#include <QString>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>
#include <map>

namespace gw::cloud {
namespace {

using namespace std::chrono_literals;

constexpr auto shortestDuration = 900s;
constexpr auto longestDuration = 43'200s;
constexpr std::size_t maxSessionPolicy = 2048;
constexpr std::size_t maxFactBytes = 2048;

bool isUnreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
}

std::size_t encodedSize(std::string_view text) {
    const auto plain = static_cast<std::size_t>(std::ranges::count_if(text, isUnreserved));
    return plain + (text.size() - plain) * 3;
}

void appendEncoded(std::string& to, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : text) {
        if (isUnreserved(c)) {
            to += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        to += {'%', hex[byte >> 4], hex[byte & 15]};
    }
}

Error limitExceeded(StsError code, std::string detail, std::size_t size, std::size_t maximum) {
    return Error(code, std::move(detail)).with("size", std::to_string(size)).with("maximum", std::to_string(maximum));
}

// What AWS sent, fit for one line of a message.
std::string oneLine(std::string text) {
    std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    if (text.size() > maxFactBytes) {
        text.resize(maxFactBytes);
        // Not in the middle of a character.
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xc0) text.pop_back();
        text += "…";
    }
    return text;
}

// The text of every element that holds no others, by its name. STS's answers are small and name each only once.
class Elements {
public:
    ~Elements() {
        for (auto& [name, text] : texts_) text.fill(QChar());
    }
    [[nodiscard]] bool read(std::string_view xml) {
        QXmlStreamReader reader(QByteArray::fromRawData(xml.data(), static_cast<qsizetype>(xml.size())));
        reader.setEntityExpansionLimit(1);
        std::string open;
        QString text;
        while (!reader.atEnd()) {
            switch (reader.readNext()) {
            case QXmlStreamReader::DTD: return false;
            case QXmlStreamReader::StartElement:
                open = reader.name().toString().toStdString();
                if (root_.empty()) root_ = open;
                text.clear();
                break;
            case QXmlStreamReader::Characters: text += reader.text(); break;
            case QXmlStreamReader::EndElement:
                if (!open.empty()) texts_.try_emplace(open, text);
                open.clear();
                text = QString();
                break;
            default: break;
            }
        }
        return !reader.hasError();
    }
    [[nodiscard]] const std::string& root() const { return root_; }
    [[nodiscard]] bool has(const std::string& name) const { return texts_.contains(name); }
    [[nodiscard]] std::string operator[](const std::string& name) const {
        const auto found = texts_.find(name);
        return found == texts_.end() ? std::string() : found->second.toStdString();
    }
    [[nodiscard]] Secret secret(const std::string& name) const { return Secret((*this)[name]); }

private:
    std::string root_;
    std::map<std::string, QString> texts_;
};

// Words in AWS's message decide where one code stands for several things.
struct ErrorRow {
    std::string_view code;
    std::string_view messagePart;
    StsError error;
};
constexpr std::array errorTable{
    ErrorRow{"ExpiredTokenException", "", StsError::ExpiredToken},
    ErrorRow{"ExpiredToken", "", StsError::ExpiredToken},
    ErrorRow{"InvalidIdentityToken", "", StsError::InvalidIdentityToken},
    ErrorRow{"IDPRejectedClaim", "", StsError::IdpRejectedClaim},
    ErrorRow{"AccessDenied", "", StsError::AccessDenied},
    ErrorRow{"AccessDeniedException", "", StsError::AccessDenied},
    ErrorRow{"ValidationError", "MaxSessionDuration", StsError::DurationTooLong},
    ErrorRow{"ValidationError", "", StsError::InvalidRequest},
    ErrorRow{"ValidationException", "MaxSessionDuration", StsError::DurationTooLong},
    ErrorRow{"ValidationException", "", StsError::InvalidRequest},
    ErrorRow{"MalformedPolicyDocument", "", StsError::MalformedPolicy},
    ErrorRow{"PackedPolicyTooLarge", "", StsError::PackedPolicyTooLarge},
    ErrorRow{"RegionDisabledException", "", StsError::RegionDisabled},
    ErrorRow{"Throttling", "", StsError::Throttled},
    ErrorRow{"ThrottlingException", "", StsError::Throttled},
    ErrorRow{"ThrottledException", "", StsError::Throttled},
    ErrorRow{"RequestThrottled", "", StsError::Throttled},
    ErrorRow{"RequestLimitExceeded", "", StsError::Throttled},
    ErrorRow{"TooManyRequestsException", "", StsError::Throttled},
    ErrorRow{"SlowDown", "", StsError::Throttled},
    ErrorRow{"InternalFailure", "", StsError::ServerError},
    ErrorRow{"InternalError", "", StsError::ServerError},
    ErrorRow{"ServiceUnavailable", "", StsError::ServerError},
};

StsError classify(std::string_view code, std::string_view message, int status) {
    for (const ErrorRow& row : errorTable)
        if (row.code == code && message.find(row.messagePart) != std::string_view::npos) return row.error;
    if (status >= 500) return StsError::ServerError;
    if (status == 429) return StsError::Throttled;
    return StsError::OtherError;
}

Error describe(Error error, const HttpResponse& response, const std::string& endpoint, const std::string& requestId) {
    error.with("endpoint", endpoint).with("status", std::to_string(response.status));
    if (response.date) error.with("server_time", response.date->toRfc3339());
    if (!requestId.empty()) error.with("request_id", requestId);
    return error;
}

bool isPrintable(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

Result<AssumedRole> readRole(const Elements& elements) {
    AssumedRole role;
    role.credentials.accessKeyId = elements["AccessKeyId"];
    role.credentials.secretAccessKey = elements.secret("SecretAccessKey");
    role.credentials.sessionToken = elements.secret("SessionToken");
    for (const std::string_view part : {std::string_view(role.credentials.accessKeyId), role.credentials.secretAccessKey.reveal(),
                                        role.credentials.sessionToken.reveal()})
        // They end up in files and shell lines, where a line end would start something new.
        if (part.empty() || !isPrintable(part)) return fail(StsError::Unreadable, "credentials are missing or hold foreign characters");
    const auto expiration = UtcTime::parse(elements["Expiration"]);
    if (!expiration) return fail(Error(StsError::Unreadable, "the expiration is no time").because(expiration.error()));
    role.credentials.expiration = *expiration;
    role.assumedRoleArn = oneLine(elements["Arn"]);
    role.assumedRoleId = oneLine(elements["AssumedRoleId"]);
    role.subject = oneLine(elements["Subject"]);
    role.subjectType = oneLine(elements["SubjectType"]);
    role.issuer = oneLine(elements["Issuer"]);
    role.audience = oneLine(elements["Audience"]);
    role.nameQualifier = oneLine(elements["NameQualifier"]);
    role.sourceIdentity = oneLine(elements["SourceIdentity"]);
    if (elements.has("PackedPolicySize"))
        role.packedPolicySize = QString::fromStdString(elements["PackedPolicySize"]).toInt();
    return role;
}

} // namespace

Result<Secret> checkedAssertion(const AssumeRoleWithSamlRequest& request) {
    if (request.duration && (*request.duration < shortestDuration || *request.duration > longestDuration))
        return fail(limitExceeded(StsError::InvalidRequest, "the duration is outside 900 to 43200 seconds",
                                  static_cast<std::size_t>(std::max<std::chrono::seconds::rep>(request.duration->count(), 0)),
                                  static_cast<std::size_t>(longestDuration.count())));
    if (request.sessionPolicy.size() > maxSessionPolicy)
        return fail(limitExceeded(StsError::InvalidRequest, "the session policy is too long", request.sessionPolicy.size(), maxSessionPolicy));

    const std::string_view given = request.assertion.reveal();
    const auto characters = static_cast<std::size_t>(
        std::ranges::count_if(given, [](char c) { return c != ' ' && c != '\t' && c != '\r' && c != '\n'; }));
    if (characters > maxAssertionCharacters)
        return fail(limitExceeded(StsError::AssertionTooLarge, "AWS takes no longer assertion", characters, maxAssertionCharacters));
    auto decoded = decodeBase64(given, maxAssertionCharacters);
    if (!decoded) return fail(Error(StsError::InvalidRequest, "the assertion is not base64").because(std::move(decoded).error()));
    const Secret bytes(std::move(*decoded));
    Secret encoded(encodeBase64(bytes.reveal()));
    if (encoded.size() < 4) return fail(StsError::InvalidRequest, "the assertion is empty");
    return encoded;
}

Secret formBody(const AssumeRoleWithSamlRequest& request, bool withDuration) {
    const auto assertion = request.assertion.reveal();
    std::string body;
    // All of it at once: growing would leave copies of the assertion behind.
    body.reserve(encodedSize(assertion) + encodedSize(request.sessionPolicy) + encodedSize(request.role.value()) +
                 encodedSize(request.provider.value()) + 256);
    body += "Action=AssumeRoleWithSAML&Version=2011-06-15&RoleArn=";
    appendEncoded(body, request.role.value());
    body += "&PrincipalArn=";
    appendEncoded(body, request.provider.value());
    body += "&SAMLAssertion=";
    appendEncoded(body, assertion);
    if (withDuration && request.duration) body += "&DurationSeconds=" + std::to_string(request.duration->count());
    if (!request.sessionPolicy.empty()) {
        body += "&Policy=";
        appendEncoded(body, request.sessionPolicy);
    }
    return Secret(std::move(body));
}

Result<AssumedRole> parseAnswer(const HttpResponse& response, const std::string& endpoint) {
    Elements elements;
    const bool readable = elements.read(response.body.reveal());
    std::string requestId = oneLine(elements["RequestId"]);
    if (requestId.empty()) requestId = oneLine(response.header("x-amzn-requestid"));

    if (response.status == 200 && readable && elements.root() == "AssumeRoleWithSAMLResponse") {
        auto role = readRole(elements);
        if (!role) return fail(describe(std::move(role).error(), response, endpoint, requestId));
        role->requestId = requestId;
        return role;
    }
    if (response.status >= 400 && readable && elements.has("Code")) {
        const std::string code = oneLine(elements["Code"]);
        const std::string message = oneLine(elements["Message"]);
        return fail(describe(Error(classify(code, message, response.status), code).with("code", code).with("message", message), response,
                             endpoint, requestId));
    }
    const StsError code = response.status >= 500    ? StsError::ServerError
                          : response.status == 429 ? StsError::Throttled
                                                   : StsError::Unreadable;
    return fail(describe(Error(code, "not an answer of the token service"), response, endpoint, requestId));
}

} // namespace gw::cloud
