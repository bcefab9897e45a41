// The libraries below run out of memory at every single allocation, one after the other. Nothing is accepted that would not
// be with memory. libxml2 2.9.14 and xmlsec1 1.2.37 do not survive all of it: they read through a null pointer here and
// there, which ends the program and harms nothing else; so each run is a process of its own, and no other kind of end is
// let pass. What C++ itself allocates is left alone: running out there ends the program as well.
#include "saml/xml/library.h"
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <openssl/crypto.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

// Declared here: tests do not include libxml2, and its header would bring the macros that this replaces.
extern "C" int xmlMemGet(void (**freeFunc)(void*), void* (**mallocFunc)(std::size_t), void* (**reallocFunc)(void*, std::size_t),
                         char* (**strdupFunc)(const char*));
extern "C" int xmlMemSetup(void (*freeFunc)(void*), void* (*mallocFunc)(std::size_t), void* (*reallocFunc)(void*, std::size_t),
                           char* (*strdupFunc)(const char*));

namespace gw::saml {
namespace {

using test::Sign;

// Counts down to the allocation that fails; below zero none does. `sticky`: all that follow fail as well.
struct Budget {
    long left = -1;
    bool sticky = false;
    long asked = 0;
};
Budget budget;

bool refuse() {
    ++budget.asked;
    if (budget.left < 0) return false;
    if (budget.left > 0) {
        --budget.left;
        return false;
    }
    if (!budget.sticky) budget.left = -1;
    return true;
}

void (*realFree)(void*) = nullptr;
void* (*realRealloc)(void*, std::size_t) = nullptr;

void* scarceMalloc(std::size_t size) {
    return refuse() ? nullptr : std::malloc(size);
}
void* scarceRealloc(void* memory, std::size_t size) {
    return refuse() ? nullptr : realRealloc(memory, size);
}
char* scarceStrdup(const char* text) {
    return refuse() ? nullptr : ::strdup(text);
}
void* scarceOpensslMalloc(std::size_t size, const char*, int) {
    return refuse() ? nullptr : std::malloc(size);
}
void* scarceOpensslRealloc(void* memory, std::size_t size, const char*, int) {
    return refuse() ? nullptr : std::realloc(memory, size);
}
void opensslFree(void* memory, const char*, int) {
    std::free(memory);
}

// Before anything allocates: OpenSSL takes its functions only then.
const bool opensslIsScarce = CRYPTO_set_mem_functions(scarceOpensslMalloc, scarceOpensslRealloc, opensslFree) == 1;

void makeLibxmlScarce() {
    xml::prepareLibrary();
    void* (*someMalloc)(std::size_t) = nullptr;
    char* (*someStrdup)(const char*) = nullptr;
    ASSERT_EQ(xmlMemGet(&realFree, &someMalloc, &realRealloc, &someStrdup), 0);
    if (realRealloc != scarceRealloc) {
        ASSERT_EQ(xmlMemSetup(realFree, scarceMalloc, scarceRealloc, scarceStrdup), 0);
    }
}

// What the processes tell the test.
struct Report {
    long at = 0;                  // the allocation that is being failed
    long refused = 0, accepted = 0, forged = 0, nulls = 0;
    std::uintptr_t wild = 0;      // an address that no null pointer explains
};
Report* report = nullptr;

constexpr int throughNull = 77, throughWild = 78;

void onFault(int, siginfo_t* info, void*) {
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    if (address >= 4096) report->wild = address;
    ::_exit(address < 4096 ? throughNull : throughWild);
}

// Fails one allocation after the other until all were failed or one ends the process.
void failFrom(long needed, bool sticky, const CapturedResponse& good, const CapturedResponse& bad) {
    struct sigaction action{};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO;
    ::sigaction(SIGSEGV, &action, nullptr);
    const TrustedProvider trust = test::ResponseBuilder(testNow).trust();
    const AssertionVerifier verifier;
    for (; report->at < needed; ++report->at) {
        budget = {report->at, sticky, 0};
        const bool accepted = verifier.verify(good, trust, testNow, nullptr).has_value();
        ++(accepted ? report->accepted : report->refused);
        budget = {report->at, sticky, 0};
        report->forged += verifier.verify(bad, trust, testNow, nullptr).has_value() ? 1 : 0;
        budget = {};
    }
    ::_exit(0);
}

class Allocation : public testing::TestWithParam<bool> {};

TEST_P(Allocation, EachFailureIsARefusalAndNothingBadIsAccepted) {
    ASSERT_TRUE(opensslIsScarce);
    const std::string good = goodXml(Sign::Both);
    const CapturedResponse goodCapture = test::capture(good, testNow);
    const CapturedResponse badCapture = test::capture(replaced(good, "role/Admin", "role/Root!"), testNow);
    const TrustedProvider trust = test::ResponseBuilder(testNow).trust();
    const AssertionVerifier verifier;
    // What is made once is made now.
    ASSERT_TRUE(holds(verifier.verify(goodCapture, trust, testNow, nullptr)));
    if (realFree == nullptr) makeLibxmlScarce();
    budget = {};
    ASSERT_TRUE(holds(verifier.verify(goodCapture, trust, testNow, nullptr)));
    const long needed = budget.asked;
    ASSERT_GT(needed, 500) << "the libraries ask for memory here";

    void* shared = ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    report = new (shared) Report;
    while (report->at < needed) {
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) failFrom(needed, GetParam(), goodCapture, badCapture);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status)) << "allocation " << report->at << " ended by signal " << WTERMSIG(status);
        if (WEXITSTATUS(status) == 0) break;
        ASSERT_EQ(WEXITSTATUS(status), throughNull) << "allocation " << report->at << " at " << report->wild;
        ++report->nulls;
        ++report->at;
    }
    std::printf("%ld allocations: %ld refused, %ld accepted all the same, %ld null pointers in the libraries\n", needed, report->refused,
                report->accepted, report->nulls);
    EXPECT_EQ(report->forged, 0);
    EXPECT_GT(report->refused, 100);
    ::munmap(shared, sizeof(Report));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Allocation, testing::Values(false, true), [](const auto& one) { return one.param ? "FromThenOn" : "Once"; });

} // namespace
} // namespace gw::saml
