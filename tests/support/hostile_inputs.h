// Input made to cost much: time that grows faster than the input, or memory. What an attacker without a key can send, so
// none of it carries a signature that holds.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gw::test {

struct HostileInput {
    std::string name;
    std::string text;
};

// XML documents, and what only begins like one, of at most `size` octets: each way to be costly alone, and behind each
// kind of fault after which a parser may read on.
[[nodiscard]] std::vector<HostileInput> hostileDocuments(std::size_t size);

// Well-formed responses whose signatures have to be canonicalized to find out that they do not hold. `response` is a signed
// one by test::ResponseBuilder.
[[nodiscard]] std::vector<HostileInput> hostileSignedResponses(const std::string& response, std::size_t size);

// What people paste or a browser captures, with the document wrapped or packed: forms, pages, queries, recordings, base64.
[[nodiscard]] std::vector<HostileInput> hostileTexts(std::size_t size);

} // namespace gw::test
