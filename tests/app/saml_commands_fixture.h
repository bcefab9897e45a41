// The real gatewardenctl over files of a folder of its own. The documents are made by the response builder, with keys made at
// run time.
#pragma once

#include "saml/base/json.h"
#include "tests/app/process.h"
#include "tests/saml/verify_helpers.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

namespace gw {

class SamlCommands : public testing::Test {
protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("gw-ctl-" + std::to_string(getpid()) + "-" +
                                                            testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder_);
        metadata_ = file("metadata.xml", test::metadataXml("https://idp.example/metadata", {test::providerKey().certificate}));
        certificate_ = file("certificate.pem", test::providerKey().certificatePem());
        response_ = file("response.b64", test::ResponseBuilder(saml::testNow).base64());
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string file(const std::string& name, const std::string& content) {
        const auto path = folder_ / name;
        std::ofstream(path, std::ios::binary) << content;
        return path.string();
    }

    static test::ProcessResult ctl(std::vector<std::string> words, const std::string& input = {}) {
        words.insert(words.begin(), {GW_CTL, "saml"});
        return test::runProgram(words, input);
    }

    static std::string at() { return "--at=" + saml::testNow.toRfc3339(); }

    static Json parsed(const std::string& text) {
        auto json = parseJson(text);
        EXPECT_TRUE(json) << text.substr(0, 500);
        return json ? std::move(*json) : Json();
    }

    std::filesystem::path folder_;
    std::string metadata_, certificate_, response_;
};

} // namespace gw
