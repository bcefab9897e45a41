// What input made to be costly costs: processor time and memory beyond what the process had, for each input alone, in a
// process of its own. `hostile [OCTETS]` prints the dearest of each kind for time and for memory, and fails where one takes a
// second or 64 MiB.
#include "saml/base/base64.h"
#include "saml/inspect/inspection.h"
#include "saml/protocol/assertion_verifier.h"
#include "tests/support/cpu_time.h"
#include "tests/support/hostile_inputs.h"
#include "tests/support/saml_response_builder.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using namespace gw;

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);

struct Cost {
    double milliseconds = 0;
    long kib = 0;
};

struct Row {
    std::string name;
    std::size_t octets = 0;
    Cost cost;
};

// From /proc/self/status.
long status(const std::string& field) {
    std::ifstream file("/proc/self/status");
    for (std::string word; file >> word;)
        if (word == field + ":") {
            long kib = 0;
            file >> kib;
            return kib;
        }
    return 0;
}

Cost measureHere(const std::function<void()>& work) {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";
    const long before = status("VmRSS");
    const test::CpuTimer timer;
    work();
    const double milliseconds = static_cast<double>(timer.elapsed().count()) / 1e6;
    return {milliseconds, status("VmHWM") - before};
}

Cost measure(const std::function<void()>& work) {
    int ends[2];
    if (pipe(ends) != 0) std::exit(2);
    const pid_t child = fork();
    if (child == 0) {
        const Cost cost = measureHere(work);
        _exit(write(ends[1], &cost, sizeof cost) == sizeof cost ? 0 : 1);
    }
    close(ends[1]);
    Cost cost;
    const bool told = child > 0 && read(ends[0], &cost, sizeof cost) == sizeof cost;
    close(ends[0]);
    int how = 0;
    if (!told || waitpid(child, &how, 0) != child || how != 0) {
        std::fprintf(stderr, "a measured process ended with %d\n", how);
        std::exit(2);
    }
    return cost;
}

void verify(const std::string& xml, const saml::TrustedProvider& trust) {
    static const saml::AssertionVerifier verifier;
    if (verifier.verify(test::capture(xml, now), trust, now, nullptr)) std::exit(3);
}

void inspectMessage(inspect::FoundMessage message, const saml::TrustedProvider& trust) {
    inspect::InspectOptions options;
    options.now = now;
    options.trust = trust;
    if (inspect::inspect(std::move(message), options).verdict == inspect::Verdict::Accepted) std::exit(3);
}

void inspectDocument(const std::string& xml, const saml::TrustedProvider& trust) {
    inspect::FoundMessage message;
    message.xml = Secret(std::string_view(xml));
    message.base64Size = xml.size() / 3 * 4;
    inspectMessage(std::move(message), trust);
}

// As what was pasted: found, and the first one looked at and verified.
void takeText(const std::string& text, const saml::TrustedProvider& trust) {
    auto found = inspect::findMessages(text);
    if (found) inspectMessage(std::move(found->front()), trust);
    if (const auto captured = saml::captureFromText(text, now))
        if (saml::AssertionVerifier().verify(*captured, trust, now, nullptr)) std::exit(3);
}

bool report(const char* kind, std::vector<Row> rows) {
    const auto slowest = std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.cost.milliseconds < b.cost.milliseconds; });
    const auto largest = std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.cost.kib < b.cost.kib; });
    std::printf("%-28s %4zu inputs: at most %6.1f ms (%s), %5.1f MiB (%s)\n", kind, rows.size(), slowest->cost.milliseconds, slowest->name.c_str(),
                static_cast<double>(largest->cost.kib) / 1024, largest->name.c_str());
    bool good = true;
    for (const Row& row : rows) {
        if (row.cost.milliseconds < 1000 && row.cost.kib < 64 * 1024) continue;
        std::printf("  too dear: %s, %zu octets, %.0f ms, %ld KiB\n", row.name.c_str(), row.octets, row.cost.milliseconds, row.cost.kib);
        good = false;
    }
    std::fflush(stdout);
    return good;
}

} // namespace

int main(int argc, char** argv) {
    const std::size_t size = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : std::size_t{256} << 10U;
    test::ResponseBuilder builder(now);
    const auto trust = builder.trust();
    // Libraries set themselves up once.
    if (!saml::AssertionVerifier().verify(builder.captured(), trust, now, nullptr)) return 2;

    bool good = true;
    const auto all = [&](const char* kind, const std::vector<test::HostileInput>& inputs, const auto& work) {
        std::vector<Row> rows;
        for (const test::HostileInput& input : inputs)
            rows.push_back({input.name, input.text.size(), measure([&] { work(input.text, trust); })});
        good = report(kind, std::move(rows)) && good;
    };
    all("verify, any document", test::hostileDocuments(size), verify);
    all("inspect, any document", test::hostileDocuments(size), inspectDocument);
    const auto responses = test::hostileSignedResponses(builder.xml(), size);
    all("verify, signed responses", responses, verify);
    all("inspect, signed responses", responses, inspectDocument);
    all("paste, then both", test::hostileTexts(size), takeText);
    return good ? 0 : 1;
}
