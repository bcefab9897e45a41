// Policies of single resources, each dumped by a call of its service. Most of those answers hold the document only: the
// file's name tells whose it is, and otherwise the document itself, where all of its statements speak of one resource.
#include "models/estate/readers/described.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/document.h"

namespace gw::estate {
namespace {

using policy::ArnParts;
using policy::ValueKind;

// The resource that an ARN in its own policy belongs to: the bucket of an object, the function of an alias.
std::string ownerArn(std::string_view arn) {
    const auto parts = ArnParts::split(arn);
    if (!parts) return {};
    std::string_view resource = parts->resource;
    if (parts->service == "s3") {
        resource = resource.substr(0, resource.find('/'));
    } else if (parts->service == "lambda" && resource.starts_with("function:")) {
        const std::size_t qualifier = resource.find(':', 9);
        resource = resource.substr(0, qualifier);
    }
    if (resource.empty() || resource.find_first_of("*?$") != std::string_view::npos) return {};
    return std::string(arn.substr(0, arn.size() - parts->resource.size())) + std::string(resource);
}

// The one ARN that all resources of a document belong to.
std::string arnInDocument(const std::string& text) {
    const auto source = policy::Document::readSource(text);
    if (!source) return {};
    std::string found;
    const policy::Value statements = source->root().member("Statement");
    const auto look = [&](policy::Value resource) {
        const std::string owner = resource.is(ValueKind::String) ? ownerArn(resource.text()) : std::string();
        if (owner.empty() || (!found.empty() && owner != found)) return false;
        found = owner;
        return true;
    };
    const bool list = statements.is(ValueKind::Array);
    for (policy::Value each = list ? statements.first() : statements; each; each = list ? each.next() : policy::Value()) {
        const policy::Value resource = each.member("Resource");
        if (!resource.is(ValueKind::Array)) {
            if (!look(resource)) return {};
            continue;
        }
        for (policy::Value one = resource.first(); one; one = one.next())
            if (!look(one)) return {};
    }
    return found;
}

// ARNs of buckets name neither account nor region: those are of whom the dump belongs to.
std::optional<Resource> bucketOf(const DumpFile& file, const Node& node, const std::string& bucket, const std::string& region) {
    if (bucket.empty() || bucket.find_first_of(":*?/") != std::string::npos) return std::nullopt;
    auto found = describedResource(file, node, "arn:" + std::string(partitionOf(region)) + ":s3:::" + bucket);
    if (!found) return found;
    found->account = file.account();
    found->region = region;
    return found;
}

void put(const DumpFile& file, const Node& node, const std::string& arn, const Node& policy, Reading& into) {
    auto resource = resourceOf(arn);
    if (!resource) return;
    if (resource->kind == ResourceKind::Bucket) resource->account = file.account();
    resource->source = file.sourceOf(node);
    resource->policyKnown = true;
    if (policy) resource->policy = file.documentOf(policy, resource->name, {}, arn);
    into.parts.resources.push_back(std::move(*resource));
}

// From the name of the file, for those calls whose answers do not name it; needs account and region for some.
std::string arnFromName(const DumpFile& file) {
    const std::string& id = file.suffix();
    if (id.empty()) return {};
    if (id.starts_with("arn:")) return id;
    if (file.call() == "get-bucket-policy") return "arn:" + std::string(partitionOf(file.region())) + ":s3:::" + id;
    if (file.account().empty() || file.region().empty()) return {};
    const std::string place = ":" + file.region() + ":" + file.account() + ":";
    const std::string partition = "arn:" + std::string(partitionOf(file.region())) + ":";
    if (file.call() == "get-key-policy") return partition + "kms" + place + "key/" + file.id();
    if (file.call() == "get-policy") return partition + "lambda" + place + "function:" + file.id();
    return {};
}

PendingPart partOf(const DumpFile& file, const Node& node) {
    PendingPart part;
    part.service = file.call() == "get-policy" ? "lambda" : "kms";
    part.id = file.call() == "get-policy" || file.call() == "get-key-policy" ? file.id() : std::string();
    part.unnamed = file.problem(EstateError::Unnamed, node);
    part.part.source = file.sourceOf(node);
    part.part.policyKnown = true;
    return part;
}

void putNone(const DumpFile& file, const Node& root, Reading& into) {
    if (const std::string arn = arnFromName(file); !arn.empty()) return put(file, root, arn, {}, into);
    into.waiting.push_back(partOf(file, root));
}

void putUnnamed(const DumpFile& file, const Node& policy, Reading& into) {
    std::string arn = arnInDocument(std::string(policy.value.text()));
    if (arn.empty()) arn = arnFromName(file);
    if (!arn.empty()) return put(file, policy, arn, policy, into);
    // Another dump may know the function or key of this name.
    PendingPart part = partOf(file, policy);
    part.part.policy = file.documentOf(policy, part.id, {}, {});
    into.waiting.push_back(std::move(part));
}

} // namespace

bool readResourcePolicies(const DumpFile& file, const Node& root, Reading& into) {
    if (const Node policy = root.member("Policy"); policy.value.is(ValueKind::String)) {
        file.recognised(root.member("PolicyName")   ? "get-key-policy"
                        : root.member("RevisionId") ? "get-policy"
                                                    : "get-bucket-policy");
        putUnnamed(file, policy, into);
        return true;
    }
    if (const Node attributes = root.member("Attributes"); attributes.value.is(ValueKind::Object)) {
        const std::string queue = attributes.text("QueueArn"), topic = attributes.text("TopicArn");
        if (queue.empty() && topic.empty()) return false;
        file.recognised(queue.empty() ? "get-topic-attributes" : "get-queue-attributes");
        put(file, attributes, queue.empty() ? topic : queue, attributes.member("Policy"), into);
        return true;
    }
    if (root.member("ARN") && (root.member("ResourcePolicy") || file.call() == "get-resource-policy")) {
        file.recognised("get-resource-policy");
        put(file, root, root.text("ARN"), root.member("ResourcePolicy"), into);
        return true;
    }
    if (root.member("Statement")) {
        putUnnamed(file, root, into);
        return true;
    }
    if (const Node buckets = root.member("Buckets"); buckets.value.is(ValueKind::Array)) {
        file.recognised("list-buckets");
        forEach(buckets, [&](const Node& each) {
            std::string region = each.text("BucketRegion");
            if (region.empty()) region = file.region();
            if (auto bucket = bucketOf(file, each, each.text("Name"), region))
                into.parts.resources.push_back(std::move(*bucket));
            else
                into.parts.problems.push_back(file.problem(EstateError::WrongType, each).with("expected", "Name"));
        });
        return true;
    }
    if (root.member("PublicAccessBlockConfiguration")) {
        file.recognised("get-public-access-block");
        if (auto bucket = bucketOf(file, root, file.suffix(), file.region()))
            into.parts.resources.push_back(std::move(*bucket));
        else
            into.parts.problems.push_back(file.problem(EstateError::Unnamed, root));
        return true;
    }
    // A live read keeps AWS's answer that there is none.
    const std::string none = root.member("Error").text("Code");
    if ((none == "ResourceNotFoundException" && file.call() == "get-policy") ||
        (none == "NoSuchBucketPolicy" && file.call() == "get-bucket-policy")) {
        putNone(file, root, into);
        return true;
    }
    return false;
}

} // namespace gw::estate
