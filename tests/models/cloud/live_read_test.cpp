// Live reads against a scripted endpoint in this process: several accounts, pages, throttling, refusals, a network that goes
// away in the middle, credentials that end, and reading on from what is there.
#include "models/cloud/aws/answer.h"
#include "models/cloud/qt_http_client.h"
#include "models/cloud/read/live_read.h"
#include "models/estate/estate_reader.h"
#include "tests/models/cloud/scripted_aws.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace gw;
using namespace gw::cloud;
using namespace gw::test;
using namespace std::chrono_literals;

class LiveReadTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpServer> server_;
    std::function<ServerReply(const Asked&)> script_;
    std::map<std::string, int> asked_; // by account, region, service and operation
    SystemClock clock_;
    QtHttpClient http_;
    std::unique_ptr<QTemporaryDir> folder_;

    ReadSession session(const std::string& key, std::vector<std::string> regions, std::chrono::seconds left = 1h) {
        ReadSession made;
        made.name = key;
        for (const std::string& each : regions) made.regions.emplace_back(each);
        made.endpoint = server_->url("");
        made.credentials = [this, key, left]() -> Result<Credentials> {
            return Credentials{key, Secret(std::string_view("a secret of " "nobody")), Secret(std::string_view("token")), clock_.now() + left};
        };
        return made;
    }

    ReadSettings settings(std::chrono::seconds maxAge = 0s) {
        ReadSettings made;
        made.folder = folder_->path().toStdString();
        made.maxAge = maxAge;
        made.firstPause = 5ms;
        made.longestPause = 20ms;
        return made;
    }

    ReadOutcome run(std::vector<ReadSession> sessions, const ReadSettings& with, const std::function<void(LiveRead&, const ReadProgress&)>& watch = {}) {
        LiveRead read(http_, clock_, with, std::move(sessions));
        std::optional<ReadOutcome> outcome;
        connect(&read, &LiveRead::finished, this, [&](const ReadOutcome& done) { outcome = done; });
        if (watch) connect(&read, &LiveRead::progressed, this, [&](const ReadProgress& progress) { watch(read, progress); });
        read.start();
        const bool ended = QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000);
        ReadOutcome never;
        never.stopped = Error(ReadError::NothingToRead, "never ended");
        return ended ? *outcome : never;
    }

    int count(const std::string& operation) const {
        int all = 0;
        for (const auto& [key, times] : asked_)
            if (key.ends_with(" " + operation)) all += times;
        return all;
    }

    QByteArray file(const char* name) const {
        QFile found(folder_->filePath(QString::fromLatin1(name)));
        return found.open(QIODevice::ReadOnly) ? found.readAll() : QByteArray("absent");
    }

private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        asked_.clear();
        script_ = ordinary;
        server_ = std::make_unique<HttpServer>([this](const ServerRequest& request) {
            const Asked asked = askedBy(request);
            ++asked_[accountOf(asked) + " " + asked.region + " " + asked.service + " " + asked.operation];
            return script_(asked);
        });
    }

    void readsAccountsAndRegionsAndNothingTwice() {
        const auto outcome = run({session("AKIA1", {"eu-west-1", "us-east-1"}), session("AKIA2", {"eu-west-1"}), session("AKIA11", {"eu-west-1"})},
                                 settings());
        QVERIFY2(!outcome.stopped, outcome.stopped ? outcome.stopped->chain().c_str() : "");
        QVERIFY2(outcome.gaps.empty(), outcome.gaps.empty() ? "" : (outcome.gaps[0].call + outcome.gaps[0].error.chain()).c_str());
        QCOMPARE(outcome.accounts, (std::vector<std::string>{"111122223333", "222233334444"}));
        QCOMPARE(count("GetAccountAuthorizationDetails"), 4); // two pages of two accounts
        QCOMPARE(count("ListClusters"), 3);                   // one for each region
        QVERIFY(file("111122223333/iam/get-account-authorization-details.json").contains("Role2"));

        estate::EstateReader reader;
        for (const auto& each : outcome.files) QVERIFY(reader.addPath(each));
        const auto estate = reader.finish();
        QVERIFY2(estate->problems().empty(), estate->problems().empty() ? "" : estate->problems()[0].chain().c_str());
        QCOMPARE(estate->roles().size(), std::size_t{4});
        const auto functions = std::count_if(estate->resources().begin(), estate->resources().end(), [](const estate::Resource& each) {
            return each.kind == estate::ResourceKind::Function && each.policyKnown && !each.policy;
        });
        QCOMPARE(functions, 3); // each without a policy, which is known
    }

    void keepsNoSecrets() {
        (void)run({session("AKIA1", {"eu-west-1"})}, settings());
        int files = 0;
        for (QDirIterator each(folder_->path(), QDir::Files, QDirIterator::Subdirectories); each.hasNext(); ++files) {
            QFile one(each.next());
            QVERIFY(one.open(QIODevice::ReadOnly));
            const QByteArray text = one.readAll();
            for (const char* secret : {"hunter2", "nobody", "token", "AKIA1"}) QVERIFY2(!text.contains(secret), qPrintable(one.fileName()));
            QCOMPARE(one.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup), QFile::Permissions());
        }
        QVERIFY(files > 20);
        QVERIFY(file("111122223333/eu-west-1/lambda/list-functions.json").contains("\"DB\""));
    }

    void goesOnMoreSlowlyWhereItIsThrottled() {
        int left = 3;
        script_ = [&](const Asked& asked) {
            if (asked.service == "ecs" && left-- > 0) return json(R"({"__type":"ThrottlingException","message":"Rate exceeded"})", 400);
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped && outcome.gaps.empty());
        QCOMPARE(outcome.repeated, std::size_t{3});

        script_ = [](const Asked& asked) { return asked.service == "ecs" ? json("{}", 503) : ordinary(asked); };
        ReadSettings with = settings();
        with.networkTries = 2;
        const auto worse = run({session("AKIA1", {"eu-west-1"})}, with);
        QVERIFY(!worse.stopped);
        QCOMPARE(worse.gaps.size(), std::size_t{2}); // list-clusters, list-task-definition-families
        QVERIFY(worse.gaps[0].error.code().is(AwsError::ServerError));
    }

    void tellsHowFarEachPlaceIs() {
        int left = 40;
        script_ = [&](const Asked& asked) {
            if (asked.service == "lambda" && accountOf(asked) == "222233334444") return denied(asked);
            if (asked.service == "ecs" && asked.region == "us-east-1" && left-- > 0) return json(R"({"__type":"ThrottlingException"})", 400);
            return ordinary(asked);
        };
        ReadSettings with = settings();
        with.tries = 50;
        with.firstPause = with.longestPause = 300ms;
        ReadProgress last;
        std::set<std::string> throttled;
        const auto outcome = run({session("AKIA1", {"eu-west-1", "us-east-1"}), session("AKIA2", {"eu-west-1"})}, with, [&](LiveRead&, const ReadProgress& progress) {
            last = progress;
            for (const ReadPlace& each : progress.places)
                if (each.throttled) throttled.insert(each.account + " " + each.region);
        });
        QVERIFY(!outcome.stopped);
        QStringList places;
        std::size_t done = 0;
        for (const ReadPlace& each : last.places) {
            places << QString::fromStdString(each.session + " " + each.account + " " + each.region + " " + std::to_string(each.gaps));
            QCOMPARE(each.done, each.known);
            done += each.done;
        }
        QCOMPARE(done, last.done);
        QCOMPARE(places, (QStringList{QStringLiteral("AKIA1 111122223333  0"), QStringLiteral("AKIA1 111122223333 eu-west-1 0"),
                                      QStringLiteral("AKIA1 111122223333 us-east-1 0"), QStringLiteral("AKIA2 222233334444  0"),
                                      QStringLiteral("AKIA2 222233334444 eu-west-1 2")}));
        QCOMPARE(throttled, std::set<std::string>{"111122223333 us-east-1"});
    }

    void keepsItsPagesWhileItIsThrottled() {
        bool throttled = false;
        script_ = [&](const Asked& asked) {
            if (!asked.body.contains("Marker=second") || std::exchange(throttled, true)) return ordinary(asked);
            return ServerReply::http(400, "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>");
        };
        (void)run({session("AKIA1", {"eu-west-1"})}, settings());
        const QByteArray details = file("111122223333/iam/get-account-authorization-details.json");
        QVERIFY(throttled && details.contains("Role1") && details.contains("Role2"));
    }

    void spendsOneBudgetForAllRepetitions() {
        script_ = [](const Asked& asked) {
            return asked.is("GetCallerIdentity") ? ordinary(asked) : ServerReply::http(429, R"({"message":"Too Many Requests"})");
        };
        ReadSettings with = settings();
        with.budget = 10;
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, with);
        QCOMPARE(outcome.repeated, std::size_t{10});
        QVERIFY(outcome.gaps.size() > 10);
    }

    void listsWhatAwsRefusesAndReadsTheRest() {
        script_ = [](const Asked& asked) { return asked.service == "lambda" || asked.is("ListRoles") ? denied(asked) : ordinary(asked); };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped);
        QStringList gaps;
        for (const ReadGap& each : outcome.gaps) {
            QVERIFY(each.error.code().is(AwsError::AccessDenied));
            gaps << QString::fromStdString(each.account + " " + each.region + " " + each.call + " " + std::string(each.error.fact("action")));
        }
        gaps.sort();
        QCOMPARE(gaps, (QStringList{QStringLiteral("111122223333  list-roles iam:ListRoles"),
                                    QStringLiteral("111122223333 eu-west-1 list-event-source-mappings lambda:ListEventSourceMappings"),
                                    QStringLiteral("111122223333 eu-west-1 list-functions lambda:ListFunctions")}));
        QVERIFY(file("111122223333/iam/get-account-authorization-details.json").contains("Role1"));
    }

    void asksForEachObjectWhereTheOneCallIsRefused() {
        script_ = [](const Asked& asked) {
            const QByteArray trust = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
            const QByteArray role = "<RoleName>A</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/A</Arn>"
                                    "<AssumeRolePolicyDocument>" + trust + "</AssumeRolePolicyDocument>";
            if (asked.is("GetAccountAuthorizationDetails")) return denied(asked);
            if (asked.is("ListRoles")) return ServerReply::http(200, xml(asked.operation, "<Roles><member>" + role + "</member></Roles>"));
            if (asked.is("GetRole")) return ServerReply::http(200, xml(asked.operation, "<Role>" + role + "</Role>"));
            if (asked.is("ListRolePolicies"))
                return ServerReply::http(200, xml(asked.operation, "<PolicyNames><member>inner</member></PolicyNames>"));
            if (asked.is("GetRolePolicy"))
                return ServerReply::http(200, xml(asked.operation, "<RoleName>A</RoleName><PolicyName>inner</PolicyName><PolicyDocument>" + trust +
                                                                       "</PolicyDocument>"));
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped);
        QCOMPARE(outcome.gaps.size(), std::size_t{1});
        estate::EstateReader reader;
        for (const auto& each : outcome.files) QVERIFY(reader.addPath(each));
        const auto estate = reader.finish();
        const estate::Role* role = estate->role("arn:aws:iam::111122223333:role/A");
        QVERIFY(role != nullptr && role->policies.known);
        QCOMPARE(role->policies.inlinePolicies.size(), std::size_t{1});
    }

    void readsTheOrganizationOnceByItsManagementAccount() {
        script_ = [](const Asked& asked) {
            if (asked.is("DescribeOrganization")) return json(R"({"Organization":{"Id":"o-1","MasterAccountId":"222233334444"}})");
            if (asked.is("ListRoots")) return json(R"({"Roots":[{"Id":"r-1"}]})");
            if (asked.is("ListOrganizationalUnitsForParent"))
                return asked.body.contains("r-1") ? json(R"({"OrganizationalUnits":[{"Id":"ou-1-a"}]})") : json("{}");
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"}), session("AKIA2", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped);
        QCOMPARE(asked_["222233334444 us-east-1 organizations ListRoots"], 1);
        QCOMPARE(count("ListRoots"), 1);
        QCOMPARE(count("ListOrganizationalUnitsForParent"), 2);
        QCOMPARE(count("ListAccountsForParent"), 2);
        QVERIFY(file("organizations/list-accounts-for-parent-ou-1-a.json") != "absent");
    }

    void stopsWhereTheNetworkGoesAndReadsOnFromThere() {
        int answers = 0;
        script_ = [&](const Asked& asked) {
            if (++answers > 12) return ServerReply{{}, true, true};
            return ordinary(asked);
        };
        const auto lost = run({session("AKIA1", {"eu-west-1", "us-east-1"})}, settings());
        QVERIFY(lost.stopped && lost.stopped->code().is(ReadError::NetworkLost));
        QVERIFY(!lost.files.empty());

        const std::size_t before = lost.files.size();
        QVERIFY(QTest::qWaitFor([&] { return server_->openConnections() == 0; }));
        asked_.clear();
        script_ = ordinary;
        const auto resumed = run({session("AKIA1", {"eu-west-1", "us-east-1"})}, settings(1h));
        QVERIFY(!resumed.stopped && resumed.gaps.empty());
        QVERIFY(resumed.kept >= before);
        for (const auto& [what, times] : asked_) QVERIFY2(times == 1 || what.ends_with("Details"), what.c_str());
        QVERIFY(resumed.oldest && *resumed.oldest <= clock_.now());

        // All of it is there now, and is asked for again only where it is too old.
        asked_.clear();
        const auto cached = run({session("AKIA1", {"eu-west-1", "us-east-1"})}, settings(1h));
        QCOMPARE(count("GetAccountAuthorizationDetails"), 0);
        QCOMPARE(cached.files, resumed.files);
        const auto anew = run({session("AKIA1", {"eu-west-1", "us-east-1"})}, settings());
        QCOMPARE(anew.kept, std::size_t{0});
        QCOMPARE(count("GetAccountAuthorizationDetails"), 2);
    }

    // What lies there is of this question, whole, and as young as it says; everything else is asked for again.
    void takesNothingFromAnEarlierReadThatIsNotItsOwn() {
        QVERIFY(!run({session("AKIA1", {"eu-west-1"})}, settings()).stopped);
        const QString functions = folder_->filePath(QStringLiteral("111122223333/eu-west-1/lambda/list-functions.json"));
        const auto asksAgain = [&](const char* what) {
            asked_.clear();
            const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings(1h));
            return !outcome.stopped && count(what) == 1 && outcome.kept > 10;
        };
        const auto write = [](const QString& path, const QByteArray& text) {
            QFile out(path);
            return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
        };
        const QByteArray whole = file("111122223333/eu-west-1/lambda/list-functions.json");
        QVERIFY(write(functions, whole.left(whole.size() / 2)));
        QVERIFY(asksAgain("/2015-03-31/functions/"));
        QVERIFY(write(functions, QByteArray(whole.size(), '\0')));
        QVERIFY(asksAgain("/2015-03-31/functions/"));

        // Without the line that tells of it, or with one cut by the end of the power.
        QByteArray journal = file("answers.journal");
        QVERIFY(write(folder_->filePath(QStringLiteral("answers.journal")),
                      journal.replace("lambda/list-functions.json", "lambda/another.json") + "{\"file"));
        QVERIFY(asksAgain("/2015-03-31/functions/"));

        // Of another endpoint: nothing at all.
        const auto first = std::move(server_);
        server_ = std::make_unique<HttpServer>([this](const ServerRequest& request) {
            const Asked asked = askedBy(request);
            ++asked_[accountOf(asked) + " " + asked.region + " " + asked.service + " " + asked.operation];
            return script_(asked);
        });
        const auto elsewhere = run({session("AKIA1", {"eu-west-1"})}, settings(1h));
        QCOMPARE(elsewhere.kept, std::size_t{0});
    }

    void removesWhatIsNotThereAnyMore() {
        QVERIFY(!run({session("AKIA1", {"eu-west-1", "us-east-1"})}, settings()).stopped);
        QFile mine(folder_->filePath(QStringLiteral("111122223333/eu-west-1/lambda/notes.txt")));
        QVERIFY(mine.open(QIODevice::WriteOnly));
        script_ = [](const Asked& asked) {
            if (asked.operation.ends_with("/functions/")) return json(R"({"Functions":[]})");
            return ordinary(asked);
        };
        QVERIFY(!run({session("AKIA1", {"eu-west-1"})}, settings()).stopped);
        QCOMPARE(file("111122223333/eu-west-1/lambda/get-policy-refund.json"), QByteArray("absent"));
        QVERIFY(file("111122223333/us-east-1/lambda/get-policy-refund.json") != "absent"); // was not read this time
        QVERIFY(mine.exists());

        // A read that did not come to its end removes nothing.
        QVERIFY(!run({session("AKIA1", {"us-east-1"})}, settings(1h)).stopped);
        script_ = [](const Asked& asked) {
            return asked.is("GetCallerIdentity") ? ordinary(asked) : ServerReply{{}, true, true};
        };
        QVERIFY(run({session("AKIA1", {"us-east-1"})}, settings()).stopped);
        QVERIFY(file("111122223333/iam/list-roles.json") != "absent");
    }

    void looksAtAJobUntilItIsDone() {
        std::map<QByteArray, int> looks;
        script_ = [&](const Asked& asked) {
            if (asked.is("ListRoles"))
                return ServerReply::http(
                    200, xml(asked.operation,
                             "<Roles><member><RoleName>A</RoleName><Arn>arn:aws:iam::111122223333:role/A</Arn></member>"
                             "<member><RoleName>B</RoleName><Arn>arn:aws:iam::111122223333:role/B</Arn></member></Roles>"));
            if (asked.is("GenerateServiceLastAccessedDetails"))
                return ServerReply::http(200, xml(asked.operation, "<JobId>job-" + asked.body.right(1) + "</JobId>"));
            if (asked.is("GetServiceLastAccessedDetails")) {
                const QByteArray job = asked.body.contains("JobId=job-A")   ? "A"
                                       : asked.body.contains("JobId=job-B") ? "B"
                                                                            : "none";
                if (job == "B")
                    return ServerReply::http(
                        200,
                        xml(asked.operation, "<JobStatus>FAILED</JobStatus><Error><Code>E</Code><Message>m</Message></Error>"));
                if (++looks[job] < 3)
                    return ServerReply::http(200,
                                             xml(asked.operation, "<JobStatus>IN_PROGRESS</JobStatus><ServicesLastAccessed/>"));
                const bool second = asked.body.contains("Marker=more");
                return ServerReply::http(
                    200, xml(asked.operation, "<JobStatus>COMPLETED</JobStatus><ServicesLastAccessed><member><ServiceNamespace>" +
                                                  QByteArray(second ? "ecs" : "s3") +
                                                  "</ServiceNamespace></member></ServicesLastAccessed>" +
                                                  (second ? "" : "<IsTruncated>true</IsTruncated><Marker>more</Marker>")));
            }
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY2(!outcome.stopped, outcome.stopped ? outcome.stopped->chain().c_str() : "");
        QCOMPARE(looks["A"], 4);
        QCOMPARE(looks["none"], 0);
        QCOMPARE(count("GenerateServiceLastAccessedDetails"), 2);
        const QByteArray details = file("111122223333/iam/get-service-last-accessed-details-A.json");
        QVERIFY2(details.contains("\"s3\"") && details.contains("\"ecs\""), details.constData());
        QCOMPARE(outcome.gaps.size(), std::size_t{1});
        QVERIFY(outcome.gaps[0].error.code().is(AwsError::Rejected) && outcome.gaps[0].error.fact("message") == "m");

        // Kept as any other answer: no job is started again for it.
        asked_.clear();
        QVERIFY(!run({session("AKIA1", {"eu-west-1"})}, settings(1h)).stopped);
        QCOMPARE(count("GenerateServiceLastAccessedDetails"), 1);
    }

    void givesUpACallThatFailsForOneAfterTheOther() {
        script_ = [](const Asked& asked) {
            if (asked.is("ListRoles")) {
                QByteArray roles;
                for (int i = 0; i < 40; ++i)
                    roles += "<member><RoleName>R</RoleName><Arn>arn:aws:iam::111122223333:role/R" + QByteArray::number(i) +
                             "</Arn></member>";
                return ServerReply::http(200, xml(asked.operation, "<Roles>" + roles + "</Roles>"));
            }
            if (asked.is("GenerateServiceLastAccessedDetails")) return ServerReply::http(500, "no");
            return ordinary(asked);
        };
        ReadSettings with = settings();
        with.networkTries = 1;
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, with);
        QVERIFY(!outcome.stopped);
        QVERIFY2(count("GenerateServiceLastAccessedDetails") < 12,
                 qPrintable(QString::number(count("GenerateServiceLastAccessedDetails"))));
        QVERIFY(std::any_of(outcome.gaps.begin(), outcome.gaps.end(), [](const ReadGap& each) {
            return each.call == "get-service-last-accessed-details" && each.argument.empty();
        }));
        QVERIFY(file("111122223333/eu-west-1/lambda/list-functions.json") != "absent");
    }

    void readsBucketsOfEachRegionAndWhatTheirPoliciesAre() {
        script_ = [](const Asked& asked) {
            if (asked.service == "s3" && asked.operation.starts_with("/?bucket-region=" + asked.region))
                return ServerReply::http(200, "<ListAllMyBucketsResult><Buckets><Bucket><Name>open</Name></"
                                              "Bucket><Bucket><Name>shut</Name></Bucket></Buckets>"
                                              "</ListAllMyBucketsResult>");
            if (asked.is("/open?policy="))
                return ServerReply::http(
                    200,
                    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::open"}]})");
            if (asked.is("/shut?publicAccessBlock="))
                return ServerReply::http(200, "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy></"
                                              "PublicAccessBlockConfiguration>");
            if (asked.is("/shut?policy="))
                return ServerReply::http(404, "<Error><Code>NoSuchBucketPolicy</Code><Message>no</Message></Error>");
            if (asked.service == "s3")
                return ServerReply::http(404, "<Error><Code>NoSuchPublicAccessBlockConfiguration</Code></Error>");
            if (asked.is("DescribeVpcEndpoints"))
                return ServerReply::http(200, "<DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>vpce-1</"
                                              "vpcEndpointId><ownerId>111122223333</ownerId>"
                                              "<policyDocument>{&quot;Statement&quot;:[]}</policyDocument></item></"
                                              "vpcEndpointSet></DescribeVpcEndpointsResponse>");
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY2(outcome.gaps.empty(),
                 outcome.gaps.empty() ? "" : (outcome.gaps[0].call + outcome.gaps[0].error.chain()).c_str());
        estate::EstateReader reader;
        for (const auto& each : outcome.files) QVERIFY(reader.addPath(each));
        const auto estate = reader.finish();
        QVERIFY2(estate->problems().empty(), estate->problems().empty() ? "" : estate->problems()[0].chain().c_str());
        const auto resource = [&](std::string_view arn) -> const estate::Resource* {
            const auto found = std::find_if(estate->resources().begin(), estate->resources().end(),
                                            [&](const estate::Resource& each) { return each.arn == arn; });
            return found == estate->resources().end() ? nullptr : &*found;
        };
        const estate::Resource *open = resource("arn:aws:s3:::open"), *shut = resource("arn:aws:s3:::shut");
        QVERIFY(open != nullptr && shut != nullptr);
        QVERIFY(open->policyKnown && open->policy && open->account == "111122223333" && open->region == "eu-west-1");
        QVERIFY(shut->policyKnown && !shut->policy && shut->spec.find("BlockPublicPolicy") != std::string::npos);
        const estate::Resource* endpoint = resource("arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/vpce-1");
        QVERIFY(endpoint != nullptr && endpoint->policy);
    }

    void leavesOutAServiceThatNobodyAnswersFor() {
        script_ = [](const Asked& asked) { return asked.service == "appmesh" ? ServerReply{{}, true, true} : ordinary(asked); };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped);
        QCOMPARE(outcome.gaps.size(), std::size_t{1});
        QCOMPARE(outcome.gaps[0].service, "appmesh");
        QVERIFY(outcome.gaps[0].error.code().is(AwsError::NoAnswer) && outcome.gaps[0].error.cause() != nullptr);
    }

    void endsWhereItIsCanceled() {
        const auto outcome = run({session("AKIA1", {"eu-west-1", "us-east-1", "eu-central-1"})}, settings(),
                                 [](LiveRead& read, const ReadProgress&) { read.cancel(); });
        QVERIFY(outcome.stopped && outcome.stopped->code().is(ReadError::Canceled));
    }

    void takesFreshCredentialsWhereTheOldOnesEnd() {
        script_ = [](const Asked& asked) {
            if (asked.key == "AKIA-old" && asked.service == "ecs")
                return json(R"({"__type":"ExpiredTokenException","message":"The security token included in the request is expired"})", 400);
            return ordinary(asked);
        };
        ReadSession renewed = session("AKIA-old", {"eu-west-1"});
        int times = 0;
        renewed.credentials = [this, &times]() -> Result<Credentials> {
            return Credentials{++times == 1 ? "AKIA-old" : "AKIA-new", Secret(std::string_view("s")), {}, clock_.now() + 1h};
        };
        std::vector<ReadSession> sessions;
        sessions.push_back(std::move(renewed));
        const auto outcome = run(std::move(sessions), settings());
        QVERIFY(!outcome.stopped && outcome.gaps.empty());
        QCOMPARE(times, 2);

        const auto ended = run({session("AKIA-old", {"eu-west-1"})}, settings());
        QVERIFY(ended.stopped && ended.stopped->code().is(AwsError::ExpiredCredentials));
        QCOMPARE(ended.gaps.size(), std::size_t{1});
        QVERIFY(ended.gaps[0].call.empty() && ended.gaps[0].service.empty());
    }

    void followsAwssClock() {
        script_ = [](const Asked& asked) { return ordinary(asked); };
        int wrong = 0;
        server_->setHandler([&](const ServerRequest& request) {
            const QByteArray now = request.headers["x-amz-date"];
            const UtcTime server = clock_.now() + 40min;
            if (now < QByteArray::fromStdString(server.toRfc3339()).replace("-", "").replace(":", "").left(13)) {
                ++wrong;
                const QByteArray date = QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(server.unixMilliseconds(), Qt::UTC),
                                                              QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'")).toLatin1();
                return ServerReply::http(403, "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired: x is now "
                                              "earlier than y</Message></Error></ErrorResponse>", {"Date: " + date});
            }
            return ordinary(askedBy(request));
        });
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped && outcome.gaps.empty());
        QCOMPARE(wrong, 1);
    }

    void bearsWhatNoServiceWouldAnswer() {
        script_ = [](const Asked& asked) {
            if (asked.is("ListClusters")) return json(R"({"clusterArns":["x"],"nextToken":"same"})");
            if (asked.is("ListKeys")) return ServerReply::http(200, "<html>a portal</html>");
            if (asked.is("ListSecrets")) return json("[1,2]");
            return ordinary(asked);
        };
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, settings());
        QVERIFY(!outcome.stopped);
        QCOMPARE(outcome.gaps.size(), std::size_t{3});
        for (const ReadGap& each : outcome.gaps) QVERIFY(each.error.code().is(AwsError::Unreadable));
    }

    void saysWhereNoSessionCanBeUsed() {
        script_ = [](const Asked&) {
            return ServerReply::http(403, "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>no</Message></Error></ErrorResponse>");
        };
        ReadSession none = session("gone", {"eu-west-1"});
        none.credentials = []() -> Result<Credentials> { return fail(ReadError::Canceled, "no such profile"); };
        std::vector<ReadSession> sessions;
        sessions.push_back(session("AKIA1", {"eu-west-1"}));
        sessions.push_back(std::move(none));
        const auto outcome = run(std::move(sessions), settings());
        QVERIFY(outcome.stopped && outcome.stopped->code().is(ReadError::NothingToRead));
        QCOMPARE(outcome.gaps.size(), std::size_t{2});
    }

    void stopsWhereNothingCanBeWritten() {
        ReadSettings with = settings();
        with.folder = "/proc/nowhere";
        const auto outcome = run({session("AKIA1", {"eu-west-1"})}, with);
        QVERIFY(outcome.stopped);
        QVERIFY(outcome.stopped->chain().starts_with("file."));
    }
};

QTEST_GUILESS_MAIN(LiveReadTest)
#include "live_read_test.moc"
