#include "models/mesh/prove/space.h"

#include "models/mesh/compile/iam_conditions.h"
#include "models/mesh/compile/iam_resources.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

// Nothing that anybody names.
constexpr std::string_view other = "gwother";

std::string withFiller(std::string_view pattern, std::string_view filler) {
    std::string out;
    for (const char c : pattern) {
        if (c == '*')
            out += filler;
        else
            out += c == '?' ? 'q' : c;
    }
    return out;
}

std::string_view serviceOf(std::string_view action) {
    return action.substr(0, action.find(':'));
}

} // namespace

void addPathsAround(const PathPattern& pattern, std::set<std::string>& into) {
    for (const std::string_view filler : {"gwx", "gwx/gwy"}) {
        const std::string path = pattern.example(filler);
        into.insert(path);
        into.insert(path + "/");
        into.insert(path + "/gwz");
        into.insert(path + "gwz");
        if (const std::size_t slash = path.rfind('/'); slash > 0) into.insert(path.substr(0, slash));
    }
    const std::string literal(pattern.literal());
    into.insert(literal);
    if (literal.size() > 1) into.insert(literal.substr(0, literal.size() - 1));
    into.insert("/");
}

void Space::addResource(std::string_view pattern) {
    if (pattern == "*") {
        resources_.insert("arn:aws:s3:::gwother/gwx");
        return;
    }
    resources_.insert(withFiller(pattern, "gwx"));
    resources_.insert(withFiller(pattern, "gwx/gwy"));
    resources_.insert(withFiller(pattern, ""));
    resources_.insert(withFiller(pattern, "gwx") + "gwz");
}

void Space::add(const Use& use) {
    const auto paths = [](const std::vector<PathPattern>& patterns) {
        std::set<std::string> all{"/", "/gwother", "/gwother/gwx"};
        for (const PathPattern& pattern : patterns) addPathsAround(pattern, all);
        return all;
    };
    if (const auto* api = use.as<ApiAccess>()) {
        actions_.insert({"execute-api:invoke", "execute-api:invalidatecache"});
        const std::string base = "arn:" + api->partition + ":execute-api:" + api->region + ":" + api->account + ":";
        if (api->kind == ApiAccess::Kind::WebSocket) {
            resources_.insert({base + api->api + "/" + api->stage + "/$connect", base + "gwother/prod/$connect"});
            return;
        }
        std::set<std::string> methods(api->methods.begin(), api->methods.end());
        methods.erase("*");
        methods.insert({"GET", "PURGE"});
        const std::set<std::string> stages =
            api->stage == "*" ? std::set<std::string>{"gwx"} : std::set<std::string>{api->stage, "gwother"};
        for (const std::string& stage : stages)
            for (const std::string& method : methods)
                for (const std::string& path : paths(api->paths)) resources_.insert(base + api->api + "/" + stage + "/" + method + path);
        resources_.insert(base + "gwother/" + *stages.begin() + "/GET" + (api->paths.empty() ? "/gwx" : api->paths.front().example("gwx")));
    } else if (const auto* lattice = use.as<LatticeAccess>()) {
        actions_.insert({"vpc-lattice-svcs:invoke", "vpc-lattice-svcs:connect"});
        resources_.insert({lattice->service, lattice->service + "gwother/"});
        for (const std::string& path : paths(lattice->paths)) resources_.insert(lattice->service + path);
    } else if (const auto* function = use.as<FunctionAccess>()) {
        actions_.insert({"lambda:invokefunction", "lambda:invokefunctionurl", "lambda:getfunction"});
        resources_.insert({function->function, function->function + ":gwother", function->function + "gwother"});
    } else if (const auto* task = use.as<TaskAccess>()) {
        actions_.insert({"ecs:runtask", "iam:passrole", "ecs:stoptask"});
        addResource(task->definition);
        for (const std::string& role : task->passes) resources_.insert({role, role + "gwother"});
    } else if (const auto* action = use.as<ActionAccess>()) {
        for (const std::string& each : action->actions) {
            const std::string folded = foldedAscii(each);
            actions_.insert(withFiller(folded, "gwx"));
            actions_.insert(std::string(serviceOf(folded)) + ":gwother");
        }
        addResource(action->resource);
    }
}

void Space::add(const policy::CompiledPolicy& policy) {
    for (const policy::StatementText& statement : policy.document().statements()) {
        for (const policy::Text& action : statement.actions) {
            const std::string folded = action.text == "*" ? "gwother:gwx" : foldedAscii(action.text);
            actions_.insert(withFiller(folded, "gwx"));
            actions_.insert(std::string(serviceOf(withFiller(folded, "gwx"))) + ":gwother");
        }
        if (!statement.resources) continue;
        for (const policy::Text& resource : *statement.resources) addResource(resource.text);
    }
}

bool Space::fit(std::string_view action, std::string_view resource) {
    static constexpr auto services = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"vpc-lattice-svcs", "vpc-lattice"}, {"sts", "iam"}});
    std::string_view service = serviceOf(action);
    if (service == "gwother") return true;
    for (const auto& [from, to] : services)
        if (service == from) service = to;
    const auto arn = policy::ArnParts::split(resource);
    if (!arn || arn->service != service) return false;
    if (service != "execute-api") return true;
    // A call names API, stage, method and a path that may be empty; of a WebSocket API, API, stage and route key.
    const auto slashes = std::count(arn->resource.begin(), arn->resource.end(), '/');
    return slashes > 2 || (slashes == 2 && arn->resource.ends_with("/$connect"));
}

Dimension& Contexts::dimension(std::string_view key) {
    policy::Key wanted(key);
    const auto found = std::find_if(dimensions_.begin(), dimensions_.end(), [&](const Dimension& each) { return each.key == wanted; });
    if (found != dimensions_.end()) return *found;
    Dimension& added = dimensions_.emplace_back();
    added.key = std::move(wanted);
    added.values.emplace_back(std::nullopt);
    return added;
}

void Contexts::addValue(Dimension& to, std::string value) {
    std::optional<policy::ContextValue> one = isListKey(to.key.written()) ? policy::ContextValue::many({std::move(value)}) : policy::ContextValue::one(std::move(value));
    if (std::find(to.values.begin(), to.values.end(), one) == to.values.end()) to.values.push_back(std::move(one));
}

void Contexts::add(std::string_view key, std::string_view value) {
    addValue(dimension(key), std::string(value));
}

void Contexts::addCondition(const policy::Condition& condition) {
    policy::ExampleTexts texts;
    const policy::Context none;
    static_cast<void>(condition.examples(policy::Scope(none, {}, true), texts));
    Dimension& to = dimension(condition.key().written());
    for (const std::string& text : texts.all()) addValue(to, text);
}

void Contexts::add(const std::vector<EdgeCondition>& conditions, std::optional<UtcTime> expires, bool lattice) {
    const ConditionPlace place = lattice ? ConditionPlace::Lattice : ConditionPlace::Identity;
    for (const PolicyStatement::Test& test : testsFor(conditions, expires, place)) {
        const auto op = policy::Operator::parse(test.op);
        if (!op || test.key.empty()) continue;
        const std::vector<std::string_view> values(test.values.begin(), test.values.end());
        addCondition(policy::Condition(*op, test.key, values, false));
    }
}

void Contexts::add(const Use& use) {
    const auto* lattice = use.as<LatticeAccess>();
    add(use.when, use.expires, lattice != nullptr);
    if (lattice != nullptr && !lattice->connect) {
        for (const std::string& method : lattice->methods)
            if (method != "*") add("vpc-lattice-svcs:RequestMethod", method);
        add("vpc-lattice-svcs:RequestMethod", "PURGE");
    }
    if (lattice != nullptr && lattice->port != 0) {
        add("vpc-lattice-svcs:Port", std::to_string(lattice->port));
        add("vpc-lattice-svcs:Port", "1");
    }
    if (const auto* function = use.as<FunctionAccess>(); function != nullptr && function->url) {
        add("lambda:FunctionUrlAuthType", "AWS_IAM");
        add("lambda:FunctionUrlAuthType", "NONE");
        add("lambda:InvokedViaFunctionUrl", "true");
    }
    if (const auto* task = use.as<TaskAccess>()) {
        if (!task->cluster.empty()) add("ecs:cluster", task->cluster);
        add("iam:PassedToService", "ecs-tasks.amazonaws.com");
        add("iam:PassedToService", "ec2.amazonaws.com");
    }
}

void Contexts::add(const policy::CompiledStatement& statement) {
    for (const policy::Condition& condition : statement.conditions()) addCondition(condition);
}

bool Contexts::forEach(std::size_t most, const std::function<void(const policy::Context&)>& each) const {
    std::size_t combinations = 1;
    for (const Dimension& dimension : dimensions_) combinations = std::min(most + 1, combinations * dimension.values.size());
    const auto put = [&](policy::Context& context, std::size_t of, std::size_t value) {
        const Dimension& dimension = dimensions_[of];
        if (dimension.values[value])
            context.set(dimension.key, dimension.values[value]);
        else
            context.remove(dimension.key);
    };
    policy::Context context;
    if (combinations <= most) {
        std::vector<std::size_t> at(dimensions_.size(), 0);
        for (;;) {
            each(context);
            std::size_t i = 0;
            for (; i < at.size(); ++i) {
                at[i] = (at[i] + 1) % dimensions_[i].values.size();
                put(context, i, at[i]);
                if (at[i] != 0) break;
            }
            if (i == at.size()) return true;
        }
    }
    for (std::size_t i = 0; i < dimensions_.size(); ++i)
        if (dimensions_[i].values.size() > 1) put(context, i, 1);
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
        for (std::size_t value = 0; value < dimensions_[i].values.size(); ++value) {
            put(context, i, value);
            each(context);
        }
        if (dimensions_[i].values.size() > 1) put(context, i, 1);
    }
    return false;
}

} // namespace gw::mesh
