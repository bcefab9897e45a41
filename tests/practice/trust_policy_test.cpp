// Which role trust policies let a SAML sign-in through, asked of the practice STS with true assertions.
#include "app/practice/resource.h"
#include "app/practice/sts_endpoint.h"
#include "saml/base/json.h"
#include "saml/base/percent.h"
#include "tests/practice/sts_answers.h"

#include <QTest>

#include <algorithm>

using gw::test::elementText;
using gw::test::PracticeFixture;

namespace {

const std::string role = "arn:aws:iam::111122223333:role/payments-readonly";
const std::string provider = "arn:aws:iam::${AWS::AccountId}:saml-provider/NorthwindSSO";

// A policy of these statements, in which apostrophes stand for quotation marks.
std::string policyOf(std::string statements) {
    std::ranges::replace(statements, '\'', '"');
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
}

std::string statement(const std::string& effect, const std::string& actions, const std::string& condition = {}) {
    return "{'Effect':'" + effect + "','Principal':{'Federated':'" + provider + "'},'Action':" + actions +
           (condition.empty() ? "" : ",'Condition':" + condition) + "}";
}

const std::string allThree = "['sts:AssumeRoleWithSAML','sts:TagSession','sts:SetSourceIdentity']";

gw::Result<gw::practice::Organisation> organisationWith(const std::string& trustPolicy) {
    auto json = gw::parseJson(gw::practice::resource("organisation.json"));
    auto policy = gw::parseJson(trustPolicy);
    if (!json || !policy) return gw::fail(gw::Error(gw::practice::PracticeError::BadOrganisation, "the test's own"));
    (*json)["trustPolicies"]["people"] = *policy;
    return gw::practice::Organisation::parse(json->dump());
}

} // namespace

class TrustPolicyTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PracticeFixture> fixture_;
    std::string assertion_;

    gw::practice::HttpResponse assume(const gw::practice::Organisation& organisation) {
        const auto trust = fixture_->trust();
        if (!trust) return {};
        const gw::practice::Behaviour behaviour(fixture_->clock);
        gw::SystemRandom random;
        gw::practice::StsEndpoint sts(organisation, *trust, behaviour, random);
        gw::practice::HttpRequest request;
        request.method = "POST";
        request.target = request.path = "/";
        request.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
        const std::vector<std::pair<std::string, std::string>> form{{"Action", "AssumeRoleWithSAML"},
                                                                    {"Version", "2011-06-15"},
                                                                    {"RoleArn", role},
                                                                    {"PrincipalArn", gw::test::providerArnFor(role)},
                                                                    {"SAMLAssertion", assertion_}};
        for (const auto& [name, value] : form)
            request.body += (request.body.empty() ? "" : "&") + name + '=' + gw::percentEncoded(value);
        return sts.handle(request);
    }

private Q_SLOTS:
    void initTestCase() {
        fixture_ = PracticeFixture::start();
        QVERIFY(fixture_);
        assertion_ = fixture_->samlResponse(gw::test::developer);
        QVERIFY(!assertion_.empty());
    }

    void decidesAsAwsDoes_data() {
        QTest::addColumn<QString>("statements");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, bool allowed, const std::string& statements) {
            QTest::newRow(name) << QString::fromStdString(statements) << allowed;
        };
        const auto allow = [](const std::string& condition) { return statement("Allow", allThree, condition); };
        const std::string plain = statement("Allow", allThree);
        row("no condition", true, plain);
        row("explicit deny", false, plain + "," + statement("Deny", "'sts:*'", "{'StringEquals':{'sts:RoleSessionName':'lena.fairweather'}}"));
        row("explicit deny of somebody else", true,
            plain + "," + statement("Deny", "'sts:*'", "{'StringEquals':{'sts:RoleSessionName':'dario.venn'}}"));
        row("explicit deny of the tags alone", false, plain + "," + statement("Deny", "'sts:TagSession'"));
        row("a wildcard in the action", true, statement("Allow", "'sts:*'"));
        row("NotAction spares the session's tags", false, "{'Effect':'Allow','Principal':{'Federated':'" + provider + "'},'NotAction':'sts:TagSession'}");
        row("the actions in two statements", true,
            statement("Allow", "'sts:AssumeRoleWithSAML'") + "," + statement("Allow", "['sts:TagSession','sts:SetSourceIdentity']"));
        row("without sts:TagSession", false, statement("Allow", "['sts:AssumeRoleWithSAML','sts:SetSourceIdentity']"));
        row("without sts:SetSourceIdentity", false, statement("Allow", "['sts:AssumeRoleWithSAML','sts:TagSession']"));
        row("another provider", false,
            "{'Effect':'Allow','Principal':{'Federated':'arn:aws:iam::111122223333:saml-provider/Other'},'Action':" + allThree + "}");
        row("the provider as an AWS principal", false,
            "{'Effect':'Allow','Principal':{'AWS':'" + provider + "'},'Action':" + allThree + "}");
        row("the whole account", false, "{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':" + allThree + "}");
        row("SAML:aud", true, allow("{'StringEquals':{'SAML:aud':'https://signin.aws.amazon.com/saml'}}"));
        row("SAML:aud of another Region", false, allow("{'StringEquals':{'SAML:aud':'https://eu-central-1.signin.aws.amazon.com/saml'}}"));
        row("saml:aud in another case, and a pattern", true, allow("{'StringLike':{'saml:AUD':'https://*signin.aws.amazon.com/saml'}}"));
        row("StringLike on SAML:sub", true, allow("{'StringLike':{'SAML:sub':'?*'}}"));
        row("StringLike on another SAML:sub", false, allow("{'StringLike':{'SAML:sub':'nobody-*'}}"));
        row("SAML:sub_type", true, allow("{'StringEquals':{'SAML:sub_type':'persistent'}}"));
        row("SAML:iss", true, allow("{'StringEquals':{'SAML:iss':'https://sso.northwind-robotics.example/saml/metadata'}}"));
        row("SAML:doc", true, allow("{'StringEquals':{'SAML:doc':'111122223333/NorthwindSSO'}}"));
        row("SAML:namequalifier is there", true, allow("{'Null':{'SAML:namequalifier':'false'}}"));
        row("a claim that the assertion lacks", false, allow("{'StringEquals':{'SAML:mail':'lena@northwind-robotics.example'}}"));
        row("a claim that the assertion lacks, if it exists", true, allow("{'StringEqualsIfExists':{'SAML:mail':'x'}}"));
        row("sts:RoleSessionName", true, allow("{'StringLike':{'sts:RoleSessionName':'lena.*'}}"));
        row("another sts:RoleSessionName", false, allow("{'StringLike':{'sts:RoleSessionName':'dario.*'}}"));
        row("sts:SourceIdentity", true, allow("{'StringEquals':{'sts:SourceIdentity':'lena.fairweather'}}"));
        row("session name and source identity are the same", true, allow("{'StringEquals':{'sts:RoleSessionName':'${sts:SourceIdentity}'}}"));
        row("aws:RequestTag", true, allow("{'StringEquals':{'aws:RequestTag/team':'payments'}}"));
        row("another aws:RequestTag", false, allow("{'StringEquals':{'aws:RequestTag/team':'fleet'}}"));
        row("aws:PrincipalTag, which a caller without credentials has not", false, allow("{'StringEquals':{'aws:PrincipalTag/team':'payments'}}"));
        row("ForAllValues on aws:TagKeys", true, allow("{'ForAllValues:StringLike':{'aws:TagKeys':['team','cost*','*']}}"));
        row("ForAllValues on fewer aws:TagKeys", false, allow("{'ForAllValues:StringEquals':{'aws:TagKeys':['nothing']}}"));
        row("ForAnyValue on aws:TagKeys", true, allow("{'ForAnyValue:StringEquals':{'aws:TagKeys':['team']}}"));
        row("sts:TransitiveTagKeys", true, allow("{'ForAllValues:StringEquals':{'sts:TransitiveTagKeys':['team']}}"));
        row("a date that has passed", false, allow("{'DateLessThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}}"));
        row("a date to come", true, allow("{'DateGreaterThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}}"));
        row("a key that no SAML call has", false, allow("{'NumericLessThan':{'sts:DurationSeconds':'43200'}}"));
        row("an OIDC provider's key, negated", true, allow("{'StringNotEquals':{'accounts.google.com:aud':'x'}}"));
    }
    void decidesAsAwsDoes() {
        QFETCH(QString, statements);
        QFETCH(bool, allowed);
        const auto organisation = organisationWith(policyOf(statements.toStdString()));
        QVERIFY2(organisation, organisation ? "" : organisation.error().chain().c_str());
        const auto response = assume(*organisation);
        if (allowed) {
            QVERIFY2(response.status == 200, response.body.c_str());
            return;
        }
        QCOMPARE(response.status, 403);
        QCOMPARE(elementText(response.body, "Code"), std::string("AccessDenied"));
        QCOMPARE(elementText(response.body, "Message"), std::string("Not authorized to perform sts:AssumeRoleWithSAML"));
    }

    void readsOldPoliciesToo() {
        std::string single = statement("Allow", "'sts:*'", "{'StringEquals':{'sts:RoleSessionName':'${sts:SourceIdentity}'}}");
        std::ranges::replace(single, '\'', '"');
        // Before 2012-10-17 there were no variables.
        const auto organisation = organisationWith("{\"Version\":\"2008-10-17\",\"Id\":\"old\",\"Statement\":" + single + "}");
        QVERIFY(organisation);
        QCOMPARE(assume(*organisation).status, 403);
    }
};

QTEST_GUILESS_MAIN(TrustPolicyTest)
#include "trust_policy_test.moc"
