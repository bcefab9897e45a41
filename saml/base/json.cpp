#include "saml/base/json.h"

#include <set>
#include <string>
#include <vector>

namespace gw {
namespace {

// Walks the text before the document is built, so that neither depth nor duplicates reach the recursive builder.
class Gate : public nlohmann::json_sax<Json> {
public:
    explicit Gate(std::size_t maxDepth) : maxDepth_(maxDepth) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return enter(); }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool key(string_t& key) override {
        if (keys_.back().insert(key).second) return true;
        error = Error(JsonError::DuplicateKey, "`" + key.substr(0, 64) + "`");
        return false;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        error = Error(JsonError::Malformed).with("offset", std::to_string(position));
        return false;
    }

    Error error{JsonError::Malformed};

private:
    bool enter() {
        keys_.emplace_back();
        if (keys_.size() <= maxDepth_) return true;
        error = Error(JsonError::TooDeep);
        return false;
    }
    bool leave() {
        keys_.pop_back();
        return true;
    }

    std::size_t maxDepth_;
    std::vector<std::set<std::string>> keys_;
};

} // namespace

Result<Json> parseJson(std::string_view text, std::size_t maxDepth) {
    Gate gate(maxDepth);
    if (!Json::sax_parse(text, &gate)) return fail(std::move(gate.error));
    Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded()) return fail(JsonError::Malformed);
    return document;
}

} // namespace gw
