#include "saml/inspect/har.h"

#include "saml/base/base64.h"

namespace gw::inspect {
namespace {

constexpr std::size_t maxDepth = 64;
constexpr std::size_t maxKey = 200;

// Follows the path of keys; arrays add nothing to it.
class Handler : public nlohmann::json_sax<Json> {
public:
    explicit Handler(const std::function<void(HarEntry&&)>& take) : take_(take) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }

    bool string(string_t& value) override {
        const std::string& at = path_.back();
        if (at == "/log/entries/request/url")
            entry_.url = std::move(value);
        else if (at == "/log/entries/startedDateTime")
            entry_.started = time(UtcTime::parse(value));
        else if (at == "/log/entries/request/postData/text")
            entry_.postText = std::move(value);
        else if (at == "/log/entries/request/postData/params/name" || at == "/log/entries/response/headers/name")
            name_ = std::move(value);
        else if (at == "/log/entries/request/postData/params/value" || at == "/log/entries/response/headers/value")
            value_ = std::move(value);
        else if (at == "/log/entries/response/content/text")
            entry_.content = std::move(value);
        else if (at == "/log/entries/response/content/encoding")
            encoding_ = std::move(value);
        return true;
    }

    bool start_object(std::size_t) override { return enter(); }
    bool start_array(std::size_t) override { return enter(); }

    bool key(string_t& name) override {
        path_.resize(depth_ + 1);
        path_.back() = path_[depth_ - 1] + "/" + name.substr(0, maxKey);
        return true;
    }

    bool end_object() override {
        leave();
        const std::string& at = path_.back();
        if (at == "/log/entries/request/postData/params") {
            entry_.parameters.emplace_back(std::move(name_), std::move(value_));
        } else if (at == "/log/entries/response/headers") {
            if (name_ == "date" || name_ == "Date") entry_.date = time(UtcTime::parseHttpDate(value_));
        } else if (at == "/log/entries") {
            if (encoding_ == "base64")
                if (auto decoded = decodeBase64(entry_.content, std::size_t{8} << 20)) entry_.content = std::move(*decoded);
            take_(std::move(entry_));
            entry_ = {};
            encoding_.clear();
        }
        return true;
    }

    bool end_array() override {
        leave();
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        error_ = Error(JsonError::Malformed).with("offset", std::to_string(position));
        return false;
    }

    std::optional<Error> error_;

private:
    static std::optional<UtcTime> time(Result<UtcTime> parsed) { return parsed ? std::optional(*parsed) : std::nullopt; }

    bool enter() {
        if (depth_ + 1 >= maxDepth) {
            error_ = Error(JsonError::TooDeep);
            return false;
        }
        path_.resize(depth_ + 1);
        path_.push_back(path_.back());
        ++depth_;
        return true;
    }

    // The path is that of the container itself afterwards.
    void leave() {
        path_.resize(depth_);
        --depth_;
    }

    const std::function<void(HarEntry&&)>& take_;
    std::vector<std::string> path_{std::string()};
    std::size_t depth_ = 0;
    HarEntry entry_;
    std::string name_, value_, encoding_;
};

} // namespace

Status readHar(std::string_view text, const std::function<void(HarEntry&&)>& take) {
    Handler handler(take);
    if (!Json::sax_parse(text, &handler)) return fail(handler.error_.value_or(Error(JsonError::Malformed)));
    return {};
}

} // namespace gw::inspect
