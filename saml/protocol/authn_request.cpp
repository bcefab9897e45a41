#include "saml/protocol/authn_request.h"

#include "saml/base/base64.h"
#include "saml/base/markup.h"
#include "saml/base/percent.h"
#include "saml/xml/namespaces.h"

#include <zlib.h>

namespace gw::saml {
namespace {

constexpr std::size_t maxPart = 2048;
constexpr std::size_t maxRelayState = 80;
constexpr std::string_view postBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

// RFC 1951 without a header, as the binding asks. Empty where zlib fails.
std::string deflated(std::string text) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(text.data());
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(done ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

bool isSafe(std::string_view url) {
    for (const char c : url)
        if (c <= 0x20 || c == 0x7F || c == '#' || c == '"' || c == '<' || c == '>') return false;
    if (url.starts_with("https://")) return url.size() > 8 && url[8] != '/';
    for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (url.starts_with(host) && (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/'))
            return true;
    return false;
}

std::string requestXml(const RequestOptions& options, const std::string& id, UtcTime now) {
    const std::string force = options.forceAuthn ? " ForceAuthn=\"true\"" : "";
    return "<samlp:AuthnRequest xmlns:samlp=\"" + std::string(xml::ns::protocol) + "\" xmlns:saml=\"" +
           std::string(xml::ns::assertion) + "\" ID=\"" + id + "\" Version=\"2.0\" IssueInstant=\"" + now.toRfc3339() +
           "\" Destination=\"" + escapedMarkup(options.destination) + "\" AssertionConsumerServiceURL=\"" + escapedMarkup(options.acs) +
           "\" ProtocolBinding=\"" + std::string(postBinding) + "\"" + force + "><saml:Issuer>" + escapedMarkup(options.issuer) +
           "</saml:Issuer></samlp:AuthnRequest>";
}

} // namespace

Result<AuthnRequest> makeAuthnRequest(const RequestOptions& options, UtcTime now, Random& random) {
    if (options.destination.size() > maxPart || options.issuer.size() > maxPart || options.acs.size() > maxPart ||
        options.relayState.size() > maxRelayState)
        return fail(RequestError::TooLong);
    if (!isSafe(options.destination)) return fail(RequestError::BadDestination);
    AuthnRequest request;
    // SAML Core 1.3.4: an NCName that repeats with a probability below 2^-128.
    request.id = "_" + random.hex(16);
    request.xml = requestXml(options, request.id, now);
    request.url = options.destination + (options.destination.find('?') == std::string::npos ? "?" : "&") +
                  "SAMLRequest=" + percentEncoded(encodeBase64(deflated(request.xml)));
    if (!options.relayState.empty()) request.url += "&RelayState=" + percentEncoded(options.relayState);
    return request;
}

} // namespace gw::saml
