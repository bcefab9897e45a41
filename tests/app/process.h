// Runs a program to its end, as a shell would, without one.
#pragma once

#include <string>
#include <vector>

namespace gw::test {

struct ProcessResult {
    int exit = -1;           // -1 where it did not end by itself
    std::string out, err;
    long maxResidentKib = 0; // of this program
};

// `input` goes to its standard input.
[[nodiscard]] ProcessResult runProgram(const std::vector<std::string>& words, const std::string& input = {});

} // namespace gw::test
