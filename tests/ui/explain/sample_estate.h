// A small invented organisation, as AWS's command line tells of it.
#pragma once

#include "models/estate/estate.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace gw::test {

// File name and text.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> sampleDumps();
[[nodiscard]] std::shared_ptr<const estate::Estate> sampleEstate();

inline constexpr const char* support = "arn:aws:iam::111122223333:role/ledger-support";
inline constexpr const char* operatorRole = "arn:aws:iam::111122223333:role/payments-operator";
inline constexpr const char* auditor = "arn:aws:iam::111122223333:role/auditor";
inline constexpr const char* getRefund = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/GET/refunds/42";
inline constexpr const char* postRefunds = "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds";
inline constexpr const char* virginia = "arn:aws:execute-api:us-east-1:111122223333:f6g7h8i9j0/prod/GET/refunds/42";
inline constexpr const char* statement = "arn:aws:s3:::nwr-statements/2026/11.csv";

} // namespace gw::test
