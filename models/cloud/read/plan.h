// Which calls an estate is read by: one table, from which the calls themselves, the names of the saved answers and the list of
// actions that a session needs are made. Sources: the API Reference of each service, and botocore's service models for paths,
// members and pages.
#pragma once

#include "models/cloud/aws/call.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::cloud {

struct PlannedCall {
    enum class Scope { Account, Region, Organization }; // once for each account, for each of its regions; once at all
    enum class Kept { Answer, ForCallsOnly };           // the latter holds nothing that the estate's readers know

    std::string_view service; // of awsService()
    std::string_view call;    // as AWS's command line names it
    std::string_view action;  // IAM's, "iam:ListRoles"
    Scope scope = Scope::Region;
    std::string_view path = {}; // of RestJson and RestXml; {0}, {1}, … are arguments. "POST " before it where it is none for GET
    // "MaxItems=100 NAME={0} LIST[]={1..} LIST[]=A|B", separated by blanks. Numbers are numbers in JSON, {region} is the
    // region, {N..} the arguments from N on.
    std::string_view parameters = {};
    std::string_view page = {};  // "Marker=NextMarker": what the request calls the next page, and what the answer calls it
    std::string_view lists = {}; // members of the answer that pages go on with
    // "list-routes routes[] ^0 virtualRouterName .": the call whose answer this one follows (with its service before it where
    // that is another), the list in it, and the arguments: ^N is the N-th of that call, "." the element itself, others are
    // members of it. Empty: follows nothing.
    std::string_view after = {};
    // Where AWS does it as a job: the action that starts it, its parameters, and what its answer calls the job, which is one more
    // argument of this call: "iam:GenerateServiceLastAccessedDetails Arn={0} JobId".
    std::string_view job = {};
    std::string_view state =
        {}; // what the answer says of the job while it runs, and at its end: "JobStatus=IN_PROGRESS|COMPLETED"
    std::string_view file = {}; // what stands after the call in the name of the saved answer; empty: the arguments
    std::size_t batch = 1;      // how many elements go into one call
    bool fallback = false;      // only where get-account-authorization-details was refused
    Kept kept = Kept::Answer;
};

[[nodiscard]] std::span<const PlannedCall> readPlan();

using Arguments = std::vector<std::string>;

[[nodiscard]] AwsCall callFor(const PlannedCall& planned, const Arguments& arguments, std::string_view region,
                              std::string_view page);

// Of a call with a job: what starts it, what the answer to that calls the job ("": nothing), and how far it is.
[[nodiscard]] AwsCall startOf(const PlannedCall& planned, const Arguments& arguments);
[[nodiscard]] std::string jobIn(const PlannedCall& planned, const Json& answer);
enum class JobState { Runs, Done, Failed };
[[nodiscard]] JobState jobState(const PlannedCall& planned, const Json& answer);

// Whether `child` follows `parent`, and what it is then called with.
[[nodiscard]] bool follows(const PlannedCall& child, const PlannedCall& parent);
[[nodiscard]] std::vector<Arguments> argumentsAfter(const PlannedCall& child, const Json& answer, const Arguments& ofParent);

// Adds what a further page lists, and gives the token of the one after it, or "".
[[nodiscard]] std::string addPage(const PlannedCall& planned, Json& whole, Json page);
// Elements of its lists; 1 where it has none.
[[nodiscard]] std::size_t objectsIn(const PlannedCall& planned, const Json& answer);

// "111122223333/eu-west-1/lambda/get-policy-refund.json": as the importer knows saved answers. Of those that it does not
// read, an ending that it passes over.
[[nodiscard]] std::string fileFor(const PlannedCall& planned, const Arguments& arguments, std::string_view account,
                                  std::string_view region);

// Each once, in the order of their names.
[[nodiscard]] std::vector<std::string> readActions();
// The same as an identity policy: JSON, two blanks a level, for a person to copy.
[[nodiscard]] std::string readPolicy();

} // namespace gw::cloud
