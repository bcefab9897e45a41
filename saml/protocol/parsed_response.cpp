#include "saml/protocol/parsed_response.h"

#include "saml/base/base64.h"
#include "saml/xml/namespaces.h"

namespace gw::saml {
namespace {

Code verifyCode(const Code& code) {
    using xml::XmlError;
    switch (code.as<XmlError>().value_or(XmlError::NotWellFormed)) {
    case XmlError::TooLarge:
    case XmlError::TooManyElements:
    case XmlError::TooManyAttributes:
        return VerifyError::TooLarge;
    case XmlError::NotUtf8:
        return VerifyError::NotUtf8;
    case XmlError::HasDoctype:
        return VerifyError::HasDoctype;
    case XmlError::TooDeep:
        return VerifyError::TooDeep;
    case XmlError::ForbiddenNode:
        return VerifyError::ForbiddenNode;
    case XmlError::BadId:
    case XmlError::BadNamespace:
        return VerifyError::BadStructure;
    case XmlError::DuplicateId:
        return VerifyError::DuplicateId;
    case XmlError::NotWellFormed:
        break;
    }
    return VerifyError::NotXml;
}

Result<Secret> decode(std::string_view base64, std::size_t maxBytes) {
    auto octets = decodeBase64(base64, maxBytes);
    if (octets) return Secret(std::move(*octets));
    const bool large = octets.error().code().is(Base64Error::TooLong);
    Error error(large ? VerifyError::TooLarge : VerifyError::NotBase64);
    if (const auto offset = octets.error().fact("offset"); !offset.empty())
        error = std::move(error).with("offset", std::string(offset));
    return fail(std::move(error).because(std::move(octets).error()));
}

} // namespace

Result<ParsedResponse> ParsedResponse::parse(const CapturedResponse& captured) {
    const xml::ReadRules rules = xml::ReadRules::response();
    if (captured.base64.size() > maxFormValue)
        return fail(Error(VerifyError::TooLarge).with("seen", std::to_string(captured.base64.size())));
    GW_TRY(const Secret text, decode(captured.base64.reveal(), rules.maxBytes));
    auto document = xml::Document::parse(text.reveal(), rules);
    if (!document) {
        const Code code = verifyCode(document.error().code());
        return fail(errorBecauseOf(code, std::move(document).error()));
    }
    ParsedResponse parsed;
    parsed.document_ = std::move(*document);
    GW_TRY(parsed.parts_, locateResponse(parsed.document_.root()));
    return parsed;
}

bool ParsedResponse::encrypted() const {
    return parts_.assertions.size() == 1 && parts_.assertions[0].is(xml::ns::assertion, "EncryptedAssertion");
}

std::string ParsedResponse::claimedIssuer() const {
    if (parts_.issuer) return quoted(parts_.issuer.text().value_or(""));
    if (parts_.assertions.empty()) return {};
    const xml::Element first = parts_.assertions[0].firstChild();
    return first.is(xml::ns::assertion, "Issuer") ? quoted(first.text().value_or("")) : std::string();
}

} // namespace gw::saml
