#include "app/practice/sigv4.h"

#include "models/cloud/aws/signature.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <map>

namespace gw::practice {

namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> out;
    while (true) {
        const auto at = text.find(separator);
        out.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return out;
        text.remove_prefix(at + 1);
    }
}

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// Leading and trailing blanks go, runs of blanks become one.
std::string canonicalValue(std::string_view value) {
    std::string out;
    for (const char c : trim(value)) {
        if (c != ' ' || !out.ends_with(' ')) out += c;
    }
    return out;
}

std::string canonicalHeaders(const HttpRequest& request, const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        std::string joined;
        for (const HttpField& field : request.headers) {
            if (field.name == name) joined += (joined.empty() ? "" : ",") + canonicalValue(field.value);
        }
        out.append(name).append(":").append(joined).append("\n");
    }
    return out;
}

// The endpoint takes no query beside the form, so it is signed as it stands, sorted.
std::string canonicalQuery(std::string_view query) {
    if (query.empty()) return {};
    std::vector<std::string> parts = split(query, '&');
    for (std::string& part : parts) {
        if (part.find('=') == std::string::npos) part += '=';
    }
    std::ranges::sort(parts);
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : "&") + part;
    return out;
}

// Encoded once more, as every service but S3 has it.
std::string canonicalPath(std::string_view path) {
    std::string out;
    for (const std::string& each : split(path, '/')) out += (out.empty() && each.empty() ? "" : "/") + percentEncoded(each);
    return out.empty() ? "/" : out;
}

std::string join(const std::vector<std::string>& parts, char separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

AwsError incomplete(std::string message) {
    return {400, "IncompleteSignature", std::move(message), false};
}

AwsError refused(std::string message) {
    return {403, "SignatureDoesNotMatch", std::move(message), false};
}

tl::expected<std::map<std::string, std::string>, AwsError> parameters(std::string_view header) {
    std::map<std::string, std::string> out;
    for (const std::string& part : split(header.substr(algorithm.size()), ',')) {
        const std::string_view pair = trim(part);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            return tl::unexpected(incomplete("'" + std::string(pair) +
                                             "' not a valid key=value pair (missing equal-sign) in Authorization header."));
        out.emplace(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return out;
}

tl::expected<SignatureClaim, AwsError> parseHeader(const HttpRequest& request) {
    const std::string_view header = request.header("authorization");
    if (header.empty())
        return tl::unexpected(AwsError{403, "MissingAuthenticationToken", "Request is missing Authentication Token", false});
    if (!header.starts_with(std::string(algorithm) + ' '))
        return tl::unexpected(
            incomplete("Unsupported AWS 'algorithm': '" + std::string(header.substr(0, header.find(' '))) + "'."));
    auto parsed = parameters(header);
    if (!parsed) return tl::unexpected(std::move(parsed).error());
    std::string missing;
    for (const std::string name : {"Credential", "Signature", "SignedHeaders"}) {
        if (!parsed->contains(name)) missing += "Authorization header requires '" + name + "' parameter. ";
    }
    SignatureClaim claim;
    claim.timestamp = request.header("x-amz-date");
    if (claim.timestamp.empty())
        missing += "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    if (!missing.empty()) return tl::unexpected(incomplete(std::string(trim(missing))));
    const std::vector<std::string> scope = split(parsed->at("Credential"), '/');
    if (scope.size() != 5 || scope[4] != "aws4_request")
        return tl::unexpected(
            incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '" +
                       parsed->at("Credential") + "'"));
    claim.accessKeyId = scope[0];
    claim.date = scope[1];
    claim.region = scope[2];
    claim.service = scope[3];
    claim.signedHeaders = split(parsed->at("SignedHeaders"), ';');
    claim.signature = parsed->at("Signature");
    return claim;
}

std::optional<UtcTime> parseTimestamp(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const std::string iso = std::string(text.substr(0, 4)) + '-' + std::string(text.substr(4, 2)) + '-' +
                            std::string(text.substr(6, 2)) + 'T' + std::string(text.substr(9, 2)) + ':' +
                            std::string(text.substr(11, 2)) + ':' + std::string(text.substr(13, 2)) + 'Z';
    const auto time = UtcTime::parse(iso);
    if (!time) return std::nullopt;
    return *time;
}

std::optional<AwsError> checkTime(const SignatureClaim& claim, UtcTime now) {
    const auto time = parseTimestamp(claim.timestamp);
    if (!time)
        return incomplete("Date must be in ISO-8601 'basic format'. Got '" + claim.timestamp +
                          "'. See http://en.wikipedia.org/wiki/ISO_8601");
    if (!claim.timestamp.starts_with(claim.date))
        return refused("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
                       claim.date + "' != '" + claim.timestamp.substr(0, 8) + "', from '" + claim.timestamp + "'.");
    const std::string minutes = std::to_string(signatureTolerance.count()) + " min.)";
    if (*time < now - signatureTolerance)
        return refused("Signature expired: " + claim.timestamp + " is now earlier than " +
                       cloud::basicTimestamp(now - signatureTolerance) + " (" + cloud::basicTimestamp(now) + " - " + minutes);
    if (*time > now + signatureTolerance)
        return refused("Signature not yet current: " + claim.timestamp + " is still later than " +
                       cloud::basicTimestamp(now + signatureTolerance) + " (" + cloud::basicTimestamp(now) + " + " + minutes);
    return std::nullopt;
}

std::optional<AwsError> checkSignedHeaders(const HttpRequest& request, const SignatureClaim& claim) {
    const auto isSigned = [&](std::string_view name) {
        return std::ranges::find(claim.signedHeaders, name) != claim.signedHeaders.end();
    };
    if (!isSigned("host")) return refused("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    for (const HttpField& field : request.headers) {
        if (field.name.starts_with("x-amz-") && !isSigned(field.name))
            return refused("'" + field.name + "' must be a 'SignedHeader' in the AWS Authorization.");
    }
    return std::nullopt;
}

} // namespace

tl::expected<SignatureClaim, AwsError> readSignature(const HttpRequest& request, std::string_view service, UtcTime now) {
    auto claim = parseHeader(request);
    if (!claim) return claim;
    if (claim->region.empty()) return tl::unexpected(refused("Credential should be scoped to a valid region."));
    if (claim->service != service)
        return tl::unexpected(refused("Credential should be scoped to correct service: '" + std::string(service) + "'."));
    if (auto error = checkSignedHeaders(request, *claim)) return tl::unexpected(std::move(*error));
    if (auto error = checkTime(*claim, now)) return tl::unexpected(std::move(*error));
    return claim;
}

std::string computeSignature(const HttpRequest& request, const SignatureClaim& claim, std::string_view secret) {
    const std::string canonical = request.method + '\n' + canonicalPath(request.path) + '\n' + canonicalQuery(request.query) + '\n' +
                                  canonicalHeaders(request, claim.signedHeaders) + '\n' + join(claim.signedHeaders, ';') + '\n' +
                                  cloud::sha256Hex(request.body);
    return cloud::signatureOf(canonical, claim.timestamp, {claim.region, claim.service}, secret);
}

std::string signedService(const HttpRequest& request) {
    const auto claim = parseHeader(request);
    return claim ? claim->service : std::string();
}

bool signatureMatches(const HttpRequest& request, const SignatureClaim& claim, std::string_view secret) {
    return Secret(computeSignature(request, claim, secret)).equals(claim.signature);
}

AwsError signatureDoesNotMatch() {
    return refused(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
        "signing method. Consult the service documentation for details.");
}

} // namespace gw::practice
