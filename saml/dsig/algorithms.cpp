#include "saml/dsig/algorithms.h"

namespace gw::saml {

using namespace algorithm;

bool isExclusiveC14n(std::string_view uri) {
    return uri == exclusive || uri == exclusiveWithComments;
}

bool isCanonicalization(std::string_view uri) {
    return uri == exclusive || uri == inclusive || uri == inclusive11;
}

bool isCanonicalizationTransform(std::string_view uri) {
    return isCanonicalization(uri) || uri == exclusiveWithComments;
}

bool isPss(std::string_view uri) {
    return uri == pssSha256 || uri == pssSha384 || uri == pssSha512;
}

bool isSignatureMethod(std::string_view uri, AlgorithmPolicy policy) {
    return uri == rsaSha256 || uri == rsaSha384 || uri == rsaSha512 || uri == ecdsaSha256 || uri == ecdsaSha384 ||
           uri == ecdsaSha512 || isPss(uri) || (policy != AlgorithmPolicy::Strict && uri == rsaSha1);
}

bool isDigestMethod(std::string_view uri, AlgorithmPolicy policy) {
    return uri == sha256 || uri == sha384 || uri == sha512 || (policy != AlgorithmPolicy::Strict && uri == sha1);
}

} // namespace gw::saml
