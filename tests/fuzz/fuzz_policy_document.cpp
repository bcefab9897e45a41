// A policy document. The first octet picks the kind of policy, the rest is the text.
#include "models/policy/compiled_policy.h"
#include "models/policy/evaluator.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw::policy;
    if (size == 0) return 0;
    const auto kind = static_cast<DocumentKind>(data[0] % (static_cast<unsigned>(DocumentKind::Endpoint) + 1));
    const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (const auto tree = SourceTree::parse(text)) {
        const auto problems = Document::problems(*tree, kind);
        // A string may hold the document itself, so only objects are told apart here.
        if (tree->root().is(ValueKind::Object))
            gw::fuzz::require(problems.empty() == Document::parse(text, kind).has_value(), "a document parses when nothing is wrong with it");
        gw::fuzz::require(tree->text() == text, "the source is kept as it was written");
        for (Value each = tree->root().first(); each; each = each.next()) {
            gw::fuzz::require(each.span().begin <= each.span().end && each.span().end <= text.size(), "a value lies in the text");
            (void)tree->pointerTo(each);
        }
    }
    const auto compiled = CompiledPolicy::parse(text, kind, "fuzz");
    if (!compiled) return 0;
    Request request;
    request.principal = *Principal::parse("arn:aws:sts::111122223333:assumed-role/reader/lena");
    request.action = "s3:GetObject";
    request.resource = "arn:aws:s3:::bucket/a";
    request.context.set("aws:SourceIp", "203.0.113.9");
    RequestView view(request, {true, gw::UtcTime::fromUnixSeconds(1'795'500'000), nullptr});
    PolicySet policies;
    policies.identity = {*compiled};
    gw::fuzz::require(decide(view, policies).decision != Decision::Depends, "a closed world leaves nothing open");
    return 0;
}
