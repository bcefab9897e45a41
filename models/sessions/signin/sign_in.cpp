#include "models/sessions/signin/sign_in.h"

#include "models/sessions/providers/trust_source.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"


#include <algorithm>
#include <set>
#include <utility>

namespace gw::sessions {
namespace {

using namespace std::chrono_literals;

// STS throttles an account's calls; more in flight would only be slowed down.
constexpr std::size_t parallelExchanges = 8;
constexpr std::chrono::seconds shortest = 15min;
constexpr std::chrono::seconds longest = 12h;

QFuture<saml::Examination> examineOnWorker(std::shared_ptr<const saml::CapturedResponse> captured, saml::TrustedProvider trusted,
                                           std::vector<saml::DecryptionKey> keys, std::vector<std::string> additionalAcs, UtcTime now) {
    return onWorker([captured = std::move(captured), trusted = std::move(trusted), keys = std::move(keys),
                     acs = aws::AcsMatcher(std::move(additionalAcs)), now] {
        saml::VerifierSettings settings;
        settings.decryptionKeys = keys;
        settings.acceptsAcs = [&acs](std::string_view url) { return acs.matches(url); };
        return saml::AssertionVerifier(std::move(settings)).examine(*captured, trusted, now, nullptr);
    });
}

// "arn:aws:sts::111122223333:assumed-role/Admin/alice": the session's name, which AWS took from the assertion.
std::string sessionNameOf(const std::string& assumedRoleArn) {
    const std::size_t slash = assumedRoleArn.rfind('/');
    return slash == std::string::npos ? std::string() : assumedRoleArn.substr(slash + 1);
}

Error noRoleError(const aws::Claims& claims) {
    for (const Error& problem : claims.problems)
        for (const auto code : {aws::ClaimError::NoRoleAttribute, aws::ClaimError::WrongCaseRoleAttribute, aws::ClaimError::NoUsableRole})
            if (problem.code().is(code)) return problem;
    Error error(claims.malformed.empty() ? aws::ClaimError::NoRoleAttribute : aws::ClaimError::NoUsableRole);
    return claims.malformed.empty() ? error : std::move(error).because(claims.malformed.front().error);
}

} // namespace

struct SignIn::Batch {
    std::vector<RoleChoice> choices;
    std::vector<std::optional<Result<SessionId>>> outcomes;
    std::vector<std::size_t> waiting;            // indices, the next one last
    std::size_t open = 0;                        // how many have no outcome yet
};

SignIn::SignIn(Provider provider, saml::TrustedProvider trusted, cloud::StsClient& sts, SessionBook& book, saml::ReplayCache& replay,
               const Clock& clock, QObject* parent)
    : QObject(parent), provider_(std::move(provider)), trusted_(std::move(trusted)), sts_(sts), book_(book), replay_(replay), clock_(clock) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &SignIn::watchDeadline);
}

SignIn::~SignIn() {
    for (auto& answer : running_) answer.cancel();
}

void SignIn::enter(Stage stage) {
    if (stage_ == stage) return;
    stage_ = stage;
    if (stage == Stage::Failed || stage == Stage::Cancelled || stage == Stage::Stale) {
        captured_.reset();
        timer_.stop();
        for (auto& answer : std::exchange(running_, {})) answer.cancel();
    }
    Q_EMIT stageChanged(stage);
}

void SignIn::failWith(Error error) {
    error_ = std::move(error);
    enter(Stage::Failed);
}

void SignIn::accept(saml::CapturedResponse response) {
    if (stage_ != Stage::WaitingForPerson) return;
    captured_ = std::make_shared<const saml::CapturedResponse>(std::move(response));
    enter(Stage::Verifying);
    whenDone(examineOnWorker(captured_, trusted_, decryptionKeys_, provider_.additionalAcs, clock_.now()), this,
             [this](saml::Examination examination) { examined(std::move(examination)); });
}

// The cache is not thread safe, so this last check of the verifier's is made here.
bool SignIn::isReplay() {
    const auto now = clock_.now();
    const auto skew = saml::VerifierSettings().skew;
    if (assertion_) return !replay_.insert(assertion_->issuer(), assertion_->id(), assertion_->notOnOrAfter() + skew, now);
    // Its ID cannot be read, but the ciphertext differs each time.
    return !replay_.insert(unreadable_->issuer, captured_->base64.reveal(), unreadable_->exchangeDeadline() + skew, now);
}

bool SignIn::offerKnownRoles() {
    if (memory_ == nullptr) return false;
    claims_.roles = memory_->knownRoles(provider_.id);
    return !claims_.roles.empty();
}

void SignIn::examined(saml::Examination examination) {
    if (stage_ != Stage::Verifying) return;
    assertion_ = std::move(examination.accepted);
    unreadable_ = std::move(examination.unreadable);
    if (!assertion_ && !(unreadable_ && offerKnownRoles())) return failWith(withKeyProblems(std::move(*examination.rejection), keyProblems_));
    if (isReplay()) return failWith(Error(saml::VerifyError::Replayed));
    if (unreadable_) {
        enter(Stage::Choosing);
        return watchDeadline();
    }
    claims_ = aws::readClaims(*assertion_);
    if (claims_.roles.empty()) return failWith(noRoleError(claims_));
    if (memory_ != nullptr) changes_ = memory_->noteSignIn(provider_.id, claims_.roles);
    enter(Stage::Choosing);
    watchDeadline();
}

void SignIn::cancel() {
    if (stage_ == Stage::Failed || stage_ == Stage::Cancelled || stage_ == Stage::Stale) return;
    enter(Stage::Cancelled);
}

std::optional<UtcTime> SignIn::deadline() const {
    if (unreadable_) return unreadable_->exchangeDeadline();
    if (!assertion_) return std::nullopt;
    return std::min(assertion_->exchangeDeadline(), assertion_->notOnOrAfter());
}

// Timers stand still while the computer sleeps, so the clock is asked once a second.
void SignIn::watchDeadline() {
    if (stage_ != Stage::Choosing) return;
    const auto left = *deadline() - clock_.now();
    if (left <= 0ms) return enter(Stage::Stale);
    timer_.start(std::min<std::chrono::milliseconds>(left, 1s));
}

Status SignIn::check(const RoleChoice& choice) const {
    if (std::find(claims_.roles.begin(), claims_.roles.end(), choice.pair) == claims_.roles.end())
        return fail(Error(aws::ClaimError::NotAPair, "not offered by this assertion").with("role", choice.pair.role.value()));
    if (choice.profile.empty()) return {};
    return book_.checkProfile(choice.profile, choice.pair);
}

void SignIn::exchange(std::vector<RoleChoice> choices) {
    if (stage_ != Stage::Choosing || choices.empty()) return;
    auto batch = std::make_shared<Batch>();
    batch->choices = std::move(choices);
    batch->outcomes.resize(batch->choices.size());
    batch->open = batch->choices.size();
    const bool late = clock_.now() >= *deadline();
    enter(Stage::Exchanging);
    std::vector<std::pair<std::size_t, Error>> refused;
    std::set<ProfileName> profiles;
    for (std::size_t i = 0; i < batch->choices.size(); ++i) {
        const RoleChoice& choice = batch->choices[i];
        Status status = late ? Status(fail(cloud::StsError::ExpiredToken)) : check(choice);
        if (status && !choice.profile.empty() && !profiles.insert(choice.profile).second)
            status = fail(Error(SessionError::ProfileTaken).with("profile", choice.profile.value()));
        if (status)
            batch->waiting.push_back(i);
        else
            refused.emplace_back(i, std::move(status).error());
    }
    std::reverse(batch->waiting.begin(), batch->waiting.end());
    for (std::size_t n = std::min(batch->waiting.size(), parallelExchanges); n > 0; --n) startNext(batch);
    for (auto& [index, error] : refused) settle(batch, index, fail(std::move(error)));
}

cloud::AssumeRoleWithSamlRequest SignIn::requestFor(const RoleChoice& choice) const {
    cloud::AssumeRoleWithSamlRequest request;
    const aws::Partition partition = choice.pair.role.partition();
    request.role = choice.pair.role;
    request.provider = choice.pair.provider;
    request.assertion = captured_->base64.clone();
    request.sessionPolicy = choice.sessionPolicy;
    request.endpoint = provider_.stsEndpoint;
    request.region = choice.region;
    // The role's partition decides: a region of another one has no endpoint that knows the role.
    if (request.region.empty()) request.region = partition == provider_.partition ? provider_.defaultRegion() : aws::defaultRegion(partition);
    request.duration = choice.duration ? choice.duration : provider_.duration;
    if (request.duration) request.duration = std::clamp(*request.duration, shortest, longest);
    const auto cap = memory_ == nullptr ? std::nullopt : memory_->cap(choice.pair.role);
    if (cap && request.duration && *request.duration > *cap) request.duration = cap;
    return request;
}

void SignIn::startNext(const std::shared_ptr<Batch>& batch) {
    if (batch->waiting.empty() || stage_ != Stage::Exchanging) return;
    const std::size_t index = batch->waiting.back();
    batch->waiting.pop_back();
    RoleChoice& choice = batch->choices[index];
    cloud::AssumeRoleWithSamlRequest request = requestFor(choice);
    choice.region = request.region;
    choice.duration = request.duration;
    auto answer = sts_.assumeRoleWithSaml(std::move(request));
    running_.push_back(answer);
    whenDone(answer, this, [this, batch, index](Result<cloud::AssumedRole> result) { answered(batch, index, std::move(result)); });
}

void SignIn::answered(const std::shared_ptr<Batch>& batch, std::size_t index, Result<cloud::AssumedRole> result) {
    // Given up meanwhile: the credentials go unseen.
    if (stage_ != Stage::Exchanging) return;
    Result<SessionId> outcome = result ? book(batch->choices[index], std::move(*result)) : Result<SessionId>(fail(std::move(result).error()));
    startNext(batch);
    settle(batch, index, std::move(outcome));
}

Result<SessionId> SignIn::book(const RoleChoice& choice, cloud::AssumedRole role) {
    Session session;
    session.provider = provider_.id;
    session.pair = choice.pair;
    session.roleLabel = provider_.roleLabel(choice.pair.role);
    session.accountAlias = provider_.accountAlias(choice.pair.role.account());
    session.environment = provider_.environmentOf(choice.pair.role);
    session.region = choice.region;
    session.profile = choice.profile;
    session.accessKeyId = role.credentials.accessKeyId;
    session.assumedRoleArn = role.assumedRoleArn;
    session.roleSessionName = unreadable_ ? sessionNameOf(role.assumedRoleArn) : claims_.roleSessionName;
    session.sourceIdentity = role.sourceIdentity;
    session.tags = claims_.principalTags;
    session.started = clock_.now();
    session.expiration = role.credentials.expiration;
    session.asked = choice.duration.value_or(0s);
    session.durationCapped = role.durationCapped;
    session.sessionPolicy = choice.sessionPolicy;
    if (role.clockOffset) clockOffset_ = role.clockOffset;
    GW_TRY(SessionId id, book_.add(std::move(session), std::move(role.credentials)));
    if (memory_ != nullptr) {
        memory_->noteUsed(choice.pair.role);
        if (role.durationCapped && choice.duration) memory_->noteRefused(choice.pair.role, *choice.duration);
        if (!role.durationCapped && choice.duration) memory_->noteGranted(choice.pair.role, *choice.duration);
    }
    return id;
}

void SignIn::settle(const std::shared_ptr<Batch>& batch, std::size_t index, Result<SessionId> outcome) {
    batch->outcomes[index] = std::move(outcome);
    if (--batch->open != 0 || stage_ != Stage::Exchanging) return;
    running_.clear();
    std::vector<ExchangeOutcome> outcomes;
    for (std::size_t i = 0; i < batch->choices.size(); ++i) outcomes.push_back({batch->choices[i].pair, std::move(*batch->outcomes[i])});
    enter(Stage::Choosing);
    watchDeadline();
    Q_EMIT exchanged(outcomes);
}

} // namespace gw::sessions
