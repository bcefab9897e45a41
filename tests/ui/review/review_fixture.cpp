#include "tests/ui/review/review_fixture.h"

#include "models/estate/estate_parts.h"
#include "models/store/files.h"

namespace gw::test {
namespace {

struct SampleRole {
    const char* name;
    const char* group;
    bool audience, asks;    // whether the trust policy tests the audience, and the person
    const char* actions;    // JSON
    int seconds;
    const char* lastUsed;   // empty: never
    int people;
    const char* attested = nullptr; // null: nobody told
};

constexpr SampleRole samples[] = {
    {"payments-admin", "Platform-Admins", true, true, R"("*")", 3600, "2026-11-23T08:00:00Z", 6, "2026-08-14"},
    {"ledger-support", "Support-Tier2", false, false, R"("execute-api:Invoke")", 3600, "2026-11-23T09:00:00Z", 118, "2026-10-12"},
    {"payments-operator", "Payments-Ops", true, false, R"(["execute-api:Invoke", "s3:PutObject"])", 3600, "2026-11-23T10:00:00Z", 42},
    {"fleet-operator", "Fleet-SRE", true, false, R"(["ecs:UpdateService", "ecs:RunTask"])", 7200, "2026-11-22T10:00:00Z", 23, "2026-09-01"},
    {"fleet-deploy", "Contractors-EU", true, false, R"(["iam:PassRole", "ecs:RunTask"])", 7200, "2026-11-19T10:00:00Z", 14},
    {"payments-hotfix", "Payments-Dev", true, false, R"("lambda:UpdateFunctionCode")", 3600, "2026-09-02T10:00:00Z", 31},
    {"telemetry-export", "Data-Science", true, true, R"("s3:GetObject")", 14400, "", 9},
    {"payments-readonly", "Finance-Analysts", true, true, R"("execute-api:Invoke")", 14400, "2026-11-23T07:00:00Z", 17},
    {"security-audit", "Auditors", true, true, R"(["iam:Get*", "iam:List*"])", 43200, "2026-11-23T06:00:00Z", 4},
    {"robot-console", "Warehouse-Leads", true, true, R"("execute-api:Invoke")", 14400, "", 52},
};

estate::PolicyDocument document(const std::string& name, const std::string& text, const std::string& owner, const std::shared_ptr<const estate::SourceFile>& file,
                                std::uint32_t line) {
    estate::PolicyDocument made;
    made.name = name;
    made.owner = owner;
    made.text = text;
    made.source.file = file;
    made.source.position.line = line;
    return made;
}

} // namespace

namespace {

estate::EstateParts sampleParts(int copies, const std::function<void(estate::Role&)>& change) {
    estate::EstateParts parts;
    const auto file = std::make_shared<estate::SourceFile>(estate::SourceFile{"nwr/get-account-authorization-details.json", "get-account-authorization-details", {}});
    parts.files.push_back(file);
    constexpr const char* const places[] = {"prod", "stage", "dev", "shared"};
    for (int copy = 0; copy < copies; ++copy) {
        const std::string account = std::to_string(111122223333LL + copy), place = places[copy % 4];
        estate::Account known;
        known.name = "nwr-" + place + "-" + std::to_string(copy);
        known.account = account;
        known.arn = "arn:aws:organizations::999900001111:account/o-nwr/" + account;
        parts.accounts.push_back(known);
        const std::string providerArn = "arn:aws:iam::" + account + ":saml-provider/NorthwindSSO";
        estate::SamlProvider provider;
        provider.arn = providerArn;
        provider.name = "NorthwindSSO";
        provider.account = account;
        provider.validUntil = "2027-02-01T00:00:00Z";
        parts.samlProviders.push_back(provider);
        std::uint32_t line = 10;
        for (const SampleRole& each : samples) {
            estate::Role role;
            role.name = each.name;
            role.account = account;
            role.arn = "arn:aws:iam::" + account + ":role/" + each.name;
            role.path = "/";
            role.tags = {{"env", place}};
            if (each.attested != nullptr) role.tags.emplace_back("attested", each.attested);
            role.maxSessionSeconds = each.seconds;
            role.lastUsed = each.lastUsed;
            role.lastUsedKnown = true;
            role.created = "2025-01-10T10:00:00Z";
            role.source.file = file;
            role.source.position.line = line;
            std::string conditions;
            if (each.audience) conditions = R"("StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"})";
            if (each.asks) conditions += R"(, "ForAnyValue:StringLike": {"saml:edupersonaffiliation": "staff"})";
            role.trust = document(each.name,
                                  R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": ")" + providerArn +
                                      R"("}, "Action": "sts:AssumeRoleWithSAML")" + (conditions.empty() ? "" : ", \"Condition\": {" + conditions + "}") + "}]}",
                                  role.arn, file, line + 1);
            role.policies.inlinePolicies.push_back(document("own", std::string(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": )") + each.actions +
                                                                       R"(, "Resource": "*"}]})",
                                                            role.arn, file, line + 5));
            if (change) change(role);
            parts.roles.push_back(role);
            estate::Assignment assignment;
            assignment.group = each.group;
            assignment.role = role.arn;
            assignment.provider = providerArn;
            parts.assignments.push_back(assignment);
            line += 20;
        }
    }
    for (const SampleRole& each : samples) {
        estate::DirectoryGroup group;
        group.id = group.name = each.group;
        for (int i = 0; i < each.people; ++i) group.members.push_back(std::string(each.group) + std::to_string(i));
        parts.directoryGroups.push_back(group);
    }
    estate::Assignment misspelt;
    misspelt.group = "Finance-Analysts";
    misspelt.role = "arn:aws:iam::111122223333:role/billing-viewr";
    misspelt.provider = "arn:aws:iam::111122223333:saml-provider/NorthwindSSO";
    parts.assignments.push_back(misspelt);
    return parts;
}

} // namespace

std::shared_ptr<const estate::Estate> reviewSample(int copies, const std::function<void(estate::Role&)>& change) {
    return std::make_shared<const estate::Estate>(sampleParts(copies, change));
}

std::shared_ptr<const estate::Estate> unusedSample() {
    estate::EstateParts parts = sampleParts(1, [](estate::Role& role) {
        role.lastUsed = role.name == "payments-hotfix" ? "2026-04-02T10:00:00Z" : "2026-11-22T10:00:00Z";
        if (role.name == "robot-console") role.lastUsed.clear(), role.lastUsedKnown = false;
    });
    parts.usage.services["arn:aws:iam::111122223333:role/payments-operator"] = {{"execute-api", *UtcTime::parse("2026-11-22T10:00:00Z")}, {"s3", std::nullopt}};
    return std::make_shared<const estate::Estate>(std::move(parts));
}

ReviewScreen::ReviewScreen(bool withEstate, const std::filesystem::path& file, const ui::LiveSource* live)
    : clock(*UtcTime::parse("2026-11-23T14:07:19Z")),
      store(std::make_unique<store::DatabaseThread>(file.empty() ? std::filesystem::path(folder.filePath(QStringLiteral("store.db")).toStdString()) : file)), context{actions,
                                                              window,
                                                              clock,
                                                              shelf,
                                                              [] { return readyFuture(std::shared_ptr<const policy::Catalogue>()); },
                                                              [this](const QString& role) { explained.append(role); },
                                                              [this] { return rules; },
                                                              [this](const QByteArray& toml) {
                                                                  rules = toml;
                                                                  return true;
                                                              },
                                                              [this] { return views; },
                                                              [this](const QByteArray& json) { views = json; },
                                                              store.get(),
                                                              [this] { return person; },
                                                              [this](const QString& principal, const QString& action, const QString& resource) {
                                                                  asked.append(QStringLiteral("%1 %2 %3").arg(principal, action, resource));
                                                              },
                                                              [this](const QString& action, const QString& resource) { asked.append(QStringLiteral("who %1 %2").arg(action, resource)); },
                                                              live} {
    if (withEstate) shelf.set(reviewSample(), QStringLiteral("Northwind Robotics"));
    page = new ui::ReviewPage(context);
    window.addScreen({QStringLiteral("review"), QStringLiteral("Review"), QStringLiteral("review"), QKeySequence(QStringLiteral("Ctrl+4")), page});
    page->addHeaderTabs();
    ui::addReviewActions(context, *page);
    window.setHeaderActions(QStringLiteral("review"), {QStringLiteral("review.export"), QString()});
    window.showScreen(QStringLiteral("review"));
    window.resize(1440, 900);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
    settle();
}

void ReviewScreen::settle() {
    for (int quiet = 0; quiet < 4;) {
        QTest::qWait(5);
        quiet = page->busy() ? 0 : quiet + 1;
    }
    for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

QString ReviewScreen::words(const char* name) {
    QWidget* widget = part(QLatin1String(name));
    return widget != nullptr && widget->isVisibleTo(&window) ? widget->property("text").toString() : QString();
}

void ReviewScreen::click(const char* name) {
    QWidget* widget = part(QLatin1String(name));
    QVERIFY2(widget != nullptr && widget->isVisibleTo(&window), name);
    QTest::mouseClick(widget, Qt::LeftButton);
    settle();
}

void ReviewScreen::type(const QString& text) {
    auto* field = part<QLineEdit>(QStringLiteral("review.mapping.filter"));
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, text);
    settle();
}

QStringList ReviewScreen::roles() {
    QStringList names;
    for (const std::uint32_t row : page->table().shown().rows)
        names.append(QString::fromStdString(std::string(page->review()->mapping.table.text(items::columnOf(items::MappingColumn::Role), row))));
    return names;
}

} // namespace gw::test
