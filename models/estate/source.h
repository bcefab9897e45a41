// Where something in the estate was read, so that whoever doubts an answer can look it up.
#pragma once

#include "models/policy/source_tree.h"
#include "saml/base/utc_time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace gw::estate {

struct SourceFile {
    std::string path; // as it was given, or found below a folder that was given
    std::string call; // what it is a dump of, as AWS's command line calls it: "get-account-authorization-details"
    std::optional<UtcTime> modified;
};

struct Source {
    std::shared_ptr<const SourceFile> file; // null: nothing was read; the product knows it itself
    std::string pointer;                    // RFC 6901, into the file
    policy::Position position;
};

// A policy document as it was found. What it says is not looked at before somebody asks.
struct PolicyDocument {
    // As AWS has it; of an inline policy of a group with the group before it ("operators/refunds"); of a trust or resource
    // policy the name of its role or resource.
    std::string name;
    std::string arn;   // empty: it has none of its own
    std::string owner; // ARN of the role, user, group or resource that it belongs to; empty where it is attached to many
    std::string text;  // as the file has it: JSON, or what the string there holds
    Source source;
    bool quoted = false; // the file holds it as a string: only that string has a place in the file
    bool known = true;   // false: it is named, and its text was not among what was read

    // What tells it from the others that decide with it.
    [[nodiscard]] const std::string& id() const { return arn.empty() ? name : arn; }
};

// A place in a document, told by the file that it was read from.
struct Place {
    std::string file, pointer; // the latter into the file
    policy::Position position; // in the file; of a quoted document that of the string
    std::string inner;         // pointer within the document
    policy::Position within;   // line and column within the document itself
    bool quoted = false;
};

// Of a JSON pointer into a document and the line and column there; the file of one that was not read is empty.
[[nodiscard]] Place placeIn(const PolicyDocument& document, std::string inner, policy::Position within);

} // namespace gw::estate
