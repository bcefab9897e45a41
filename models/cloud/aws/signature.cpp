#include "models/cloud/aws/signature.h"

#include "saml/base/ascii.h"
#include "saml/base/percent.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace gw::cloud {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

std::string hex(const Digest& digest) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const unsigned char octet : digest) {
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
    }
    return out;
}

Digest hmac(std::string_view key, std::string_view text) {
    Digest out{};
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         out.data(), &size);
    return out;
}

std::string_view view(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

struct Target {
    std::string_view host, path, query;
};

Target targetOf(std::string_view url) {
    Target target;
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    const std::size_t slash = std::min(url.find_first_of("/?"), url.size());
    target.host = url.substr(0, slash);
    url.remove_prefix(slash);
    const std::size_t question = std::min(url.find('?'), url.size());
    target.path = question == 0 ? "/" : url.substr(0, question);
    if (question < url.size()) target.query = url.substr(question + 1);
    return target;
}

// Every service but S3 encodes the encoded path once more.
std::string canonicalPath(std::string_view path, const SigningScope& scope) {
    if (scope.service == "s3") return std::string(path);
    std::string out;
    while (true) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        out += percentEncoded(path.substr(0, slash));
        if (slash == path.size()) return out;
        out += '/';
        path.remove_prefix(slash + 1);
    }
}

std::string canonicalQuery(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        pairs.emplace_back(pair.substr(0, equals), equals < pair.size() ? pair.substr(equals + 1) : std::string_view());
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    std::sort(pairs.begin(), pairs.end());
    std::string out;
    for (const auto& [name, value] : pairs) out.append(out.empty() ? "" : "&").append(name).append("=").append(value);
    return out;
}

// Blanks at the ends go, and runs of them become one.
std::string canonicalValue(std::string_view value) {
    std::string out;
    for (const char c : value)
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    if (out.ends_with(' ')) out.pop_back();
    return out;
}

} // namespace

std::string basicTimestamp(UtcTime time) {
    std::string text = time.toRfc3339();
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

std::string sha256Hex(std::string_view bytes) {
    Digest digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return hex(digest);
}

std::string signatureOf(std::string_view canonicalRequest, std::string_view timestamp, const SigningScope& scope,
                        std::string_view secret) {
    const std::string date(timestamp.substr(0, 8));
    const std::string toSign = std::string(algorithm) + '\n' + std::string(timestamp) + '\n' + date + '/' + scope.region + '/' +
                               scope.service + "/aws4_request\n" + sha256Hex(canonicalRequest);
    std::string start;
    start.reserve(secret.size() + 4); // growing would leave a copy behind
    start.append("AWS4").append(secret);
    Digest key = hmac(start, date);
    wipe(start.data(), start.size());
    for (const std::string_view part : {std::string_view(scope.region), std::string_view(scope.service), std::string_view("aws4_request")})
        key = hmac(view(key), part);
    std::string signature = hex(hmac(view(key), toSign));
    wipe(key.data(), key.size());
    return signature;
}

void signRequest(HttpRequest& request, const Credentials& credentials, const SigningScope& scope, UtcTime now) {
    const std::string timestamp = basicTimestamp(now);
    const Target target = targetOf(request.url);
    const std::string body = sha256Hex(request.body.reveal());
    request.headers.push_back({"x-amz-date", timestamp});
    if (!credentials.sessionToken.empty())
        request.headers.push_back({"x-amz-security-token", std::string(credentials.sessionToken.reveal())});
    if (scope.service == "s3") request.headers.push_back({"x-amz-content-sha256", body});

    std::map<std::string, std::string> headers{{"host", std::string(target.host)}};
    for (const HttpHeader& each : request.headers)
        if (std::string name = foldedAscii(each.name); name == "content-type" || name.starts_with("x-amz-")) {
            std::string& value = headers[std::move(name)];
            value += (value.empty() ? "" : ",") + canonicalValue(each.value);
        }
    std::string lines, names;
    for (const auto& [name, value] : headers) {
        lines.append(name).append(":").append(value).append("\n");
        names.append(names.empty() ? "" : ";").append(name);
    }
    const std::string canonical = std::string(methodName(request.method)) + '\n' +
                                  canonicalPath(target.path, scope) + '\n' + canonicalQuery(target.query) + '\n' + lines + '\n' +
                                  names + '\n' + body;
    request.headers.push_back({"authorization", std::string(algorithm) + " Credential=" + credentials.accessKeyId + '/' +
                                                    timestamp.substr(0, 8) + '/' + scope.region + '/' + scope.service +
                                                    "/aws4_request, SignedHeaders=" + names + ", Signature=" +
                                                    signatureOf(canonical, timestamp, scope, credentials.secretAccessKey.reveal())});
}

} // namespace gw::cloud
