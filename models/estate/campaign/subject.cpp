#include "models/estate/campaign/campaign.h"

namespace gw::estate::campaign {

Subject subjectOf(const Mapping& mapping) {
    Subject subject;
    subject.kind = granteeKindName(mapping.kind);
    subject.who = mapping.who;
    subject.provider = mapping.provider;
    subject.role = mapping.role;
    subject.environment = environmentName(mapping.environment);
    subject.privilege = privilegeName(mapping.privilege);
    subject.people = mapping.people;
    return subject;
}

} // namespace gw::estate::campaign
