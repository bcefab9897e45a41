#include "models/estate/saved_estate.h"

#include "models/estate/in_parallel.h"
#include "models/estate/saved_documents.h"
#include "models/estate/saved_fields.h"
#include "saml/base/json_quote.h"
#include "saml/base/octet_runs.h"
#include "saml/base/utf8.h"
#include "saml/dsig/sha256_hex.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace gw::estate {
namespace {

constexpr std::size_t documentDigits = 32, fileDigits = 12;

// Names of files may be any octets; what is not UTF-8 becomes U+FFFD.
void appendQuoted(std::string& text, std::string_view value) {
    std::string clean;
    std::size_t kept = 0; // up to where `clean` has it
    for (std::size_t at = asciiEnd(value, 0); at < value.size(); at = asciiEnd(value, at)) {
        if (const std::size_t length = utf8SequenceLength(value, at); length > 0) {
            at += length;
            continue;
        }
        clean += value.substr(kept, at - kept);
        clean += "\xEF\xBF\xBD";
        kept = ++at;
    }
    if (kept > 0) clean += value.substr(kept);
    appendJsonQuoted(text, kept == 0 ? value : std::string_view(clean));
}

// Names of documents and files: the beginning of a digest, longer only where two begin alike. Borrows the texts.
class Names {
public:
    explicit Names(std::size_t digits) : digits_(digits) {}
    const std::string& of(std::string_view text) {
        const auto [known, fresh] = names_.try_emplace(text);
        if (!fresh) return known->second;
        const std::string digest = saml::sha256Hex(text);
        known->second = digest.substr(0, digits_);
        if (!taken_.insert(known->second).second) known->second = digest;
        return known->second;
    }
    // Names and what they stand for, by name.
    [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> sorted() const {
        std::vector<std::pair<std::string_view, std::string_view>> order;
        order.reserve(names_.size());
        for (const auto& [text, name] : names_) order.emplace_back(name, text);
        std::sort(order.begin(), order.end());
        return order;
    }

private:
    std::size_t digits_;
    std::unordered_map<std::string_view, std::string> names_;
    std::set<std::string> taken_;
};

class Out {
public:
    Out(Names& documents, Names& files, std::map<std::string, const SourceFile*>& sources)
        : documents_(documents), files_(files), sources_(sources) {}

    std::string text;
    std::string_view owner; // of the object's documents

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (isInitial(value)) return;
        key(name);
        write(value);
    }
    void unless(std::string_view name, bool value, bool usual) {
        if (value == usual) return;
        key(name);
        text += value ? "true" : "false";
    }
    // JSON text as it is, where it fits a line.
    void json(std::string_view name, const std::string& value) {
        if (value.empty()) return;
        key(name);
        const bool line = value.find('\n') == std::string::npos && value.find('\r') == std::string::npos && value.front() == '{' &&
                          value.back() == '}' && policy::SourceTree::parse(value, policy::maxSourceDepth - 4).has_value();
        if (line)
            text += value;
        else
            quote(value);
    }

    void key(std::string_view name) {
        if (text.back() != '{') text += ',';
        quote(name);
        text += ':';
    }
    template <class T>
    void object(const T& value) {
        text += '{';
        if constexpr (std::is_base_of_v<Object, T>) {
            const Object& common = value;
            owner = common.arn;
            (*this)("arn", common.arn);
            (*this)("name", common.name);
            (*this)("account", common.account);
            (*this)("source", common.source);
            (*this)("unknown", common.unknown);
        }
        fields(*this, const_cast<T&>(value));
        text += '}';
    }

private:
    template <class T>
    static bool isInitial(const T& value) {
        if constexpr (requires { value.has_value(); })
            return !value.has_value();
        else if constexpr (requires { value.empty(); })
            return value.empty();
        else if constexpr (std::is_same_v<T, Source>)
            return value.file == nullptr;
        else if constexpr (std::is_same_v<T, IdentityPolicies>)
            return value.inlinePolicies.empty() && value.attached.empty() && value.boundary.empty() && value.known;
        else if constexpr (std::is_same_v<T, PolicyDocument> || std::is_same_v<T, ResourceKind>)
            return false;
        else if constexpr (std::is_same_v<T, Attachments> || std::is_same_v<T, PrincipalUse> || std::is_same_v<T, RoleUse>)
            return false;
        else
            return value == T();
    }

    void quote(std::string_view value) { appendQuoted(text, value); }

    void write(const std::string& value) { quote(value); }
    void write(bool value) { text += value ? "true" : "false"; }
    void write(std::int64_t value) { text += std::to_string(value); }
    void write(std::uint64_t value) { text += std::to_string(value); }
    void write(UtcTime value) { text += std::to_string(value.unixMilliseconds()); }
    void write(ResourceKind value) { quote(resourceKindName(value)); }
    void write(AssignmentOrigin value) { text += std::to_string(static_cast<int>(value)); }
    void write(const UnknownField& value) { pair(value.name, value.json); }
    template <class T>
    void write(const std::optional<T>& value) {
        if (value)
            write(*value);
        else
            text += "null";
    }
    void write(const std::pair<std::string, std::string>& value) { pair(value.first, value.second); }
    template <class T>
    void write(const std::vector<T>& values) {
        sequence(values);
    }
    template <class T, class... More>
    void write(const std::set<T, More...>& values) {
        sequence(values);
    }
    template <class T, class... More>
    void write(const std::map<std::string, T, More...>& values) {
        text += '{';
        for (const auto& [name, value] : values) {
            key(name);
            write(value);
        }
        text += '}';
    }
    void write(const Source& value) {
        if (value.file.get() != file_) {
            file_ = value.file.get();
            fileName_ = &files_.of(file_->path);
            sources_.emplace(*fileName_, file_);
        }
        text += '[';
        quote(*fileName_);
        text += ',';
        quote(value.pointer);
        text += ',' + std::to_string(value.position.line) + ',' + std::to_string(value.position.column) + ']';
    }
    void write(const PolicyDocument& value) {
        text += '{';
        (*this)("name", value.name);
        (*this)("arn", value.arn);
        if (value.owner != owner) {
            key("owner");
            quote(value.owner);
        }
        if (!value.text.empty()) (*this)("document", documents_.of(value.text));
        (*this)("source", value.source);
        (*this)("quoted", value.quoted);
        unless("known", value.known, true);
        text += '}';
    }
    template <class T>
        requires std::is_class_v<T>
    void write(const T& value) {
        object(value);
    }

    void pair(std::string_view a, std::string_view b) {
        text += '[';
        quote(a);
        text += ',';
        quote(b);
        text += ']';
    }
    template <class List>
    void sequence(const List& values) {
        text += '[';
        bool first = true;
        for (const auto& each : values) {
            if (!first) text += ',';
            first = false;
            write(each);
        }
        text += ']';
    }

    Names &documents_, &files_;
    std::map<std::string, const SourceFile*>& sources_;
    const SourceFile* file_ = nullptr; // the last, as most come in a row
    const std::string* fileName_ = nullptr;
};

// What the lines of a kind are sorted by.
template <class T>
std::string orderOf(const T& value) {
    if constexpr (std::is_same_v<T, ControlPolicy> || std::is_same_v<T, OrganizationalUnit>)
        return value.id;
    else if constexpr (std::is_same_v<T, Account>)
        return value.account;
    else if constexpr (std::is_base_of_v<Object, T>)
        return value.arn;
    else
        return {}; // the line itself
}

class Saving {
public:
    void add(const EstateParts& parts, bool declared) {
        prefix_ = declared ? R"({"declared":true,)" : "{";
        lists(*this, const_cast<EstateParts&>(parts));
        one("organization", parts.organization);
        one("organizationFacts", parts.facts);
        one("usage", parts.usage);
        for (const Error& each : parts.problems) {
            std::string line = prefix_ + "\"problem\":{\"code\":";
            appendQuoted(line, each.code().id());
            line += ",\"facts\":[";
            for (const Fact& fact : each.facts()) {
                if (line.back() != '[') line += ',';
                line += '[';
                appendQuoted(line, fact.name);
                line += ',';
                appendQuoted(line, fact.value);
                line += ']';
            }
            objects_ += line + "]}}\n";
        }
        for (const auto& file : parts.files) sources_.emplace(files_.of(file->path), file.get());
        if (parts.declared != nullptr) add(partsOf(*parts.declared), true);
    }

    template <class T>
    void list(std::string_view name, std::vector<T>& values) {
        std::vector<std::pair<std::string, std::string>> lines;
        lines.reserve(values.size());
        Out out(documents_, files_, sources_);
        const std::string start = prefix_ + "\"" + std::string(name) + "\":";
        for (const T& each : values) {
            out.text = start;
            out.object(each);
            lines.emplace_back(orderOf(each), out.text);
        }
        std::stable_sort(lines.begin(), lines.end());
        std::size_t size = objects_.size();
        for (const auto& [order, line] : lines) size += line.size() + 2;
        objects_.reserve(size);
        for (const auto& [order, line] : lines) (objects_ += line) += "}\n";
    }

    std::string text() {
        const auto documents = documents_.sorted();
        const auto objects = static_cast<std::size_t>(std::count(objects_.begin(), objects_.end(), '\n'));
        std::string all = std::string(savedEstateStart) + std::to_string(savedEstateVersion) + std::string(savedEstateLines) +
                          std::to_string(sources_.size() + documents.size() + objects) + "}\n";
        for (const auto& [name, file] : sources_) {
            all += "{\"file\":\"" + name + "\",\"path\":";
            appendQuoted(all, file->path);
            all += ",\"call\":";
            appendQuoted(all, file->call);
            if (file->modified) all += ",\"modified\":" + std::to_string(file->modified->unixMilliseconds());
            all += "}\n";
        }
        std::vector<std::string> lines(documents.size());
        inParallel(documents.size(), {}, 0, 1, [&] {
            return [&](std::size_t i) {
                lines[i] = "{\"document\":\"" + std::string(documents[i].first) + "\"" + savedDocument(documents[i].second) + "\n";
            };
        });
        std::size_t size = all.size() + objects_.size();
        for (const std::string& line : lines) size += line.size();
        all.reserve(size);
        for (std::string& line : lines) all += std::exchange(line, {});
        return all += objects_;
    }

private:
    template <class T>
    void one(std::string_view name, const T& value) {
        Out out(documents_, files_, sources_);
        out.text = prefix_ + "\"" + std::string(name) + "\":";
        const std::size_t before = out.text.size();
        out.object(value);
        if (out.text.size() > before + 2) objects_ += out.text + "}\n";
    }

    Names documents_{documentDigits}, files_{fileDigits};
    std::map<std::string, const SourceFile*> sources_;
    std::string prefix_, objects_;
};

} // namespace

std::string saveEstate(const Estate& estate) {
    Saving saving;
    saving.add(partsOf(estate), false);
    return saving.text();
}

} // namespace gw::estate
