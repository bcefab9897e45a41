#include "app/gatewardenctl/gap_words.h"

#include "ui/errors_text.h"

namespace gw::ctl {

std::string gapWords(const estate::Estate& estate, const estate::Gap& gap) {
    using estate::Missing;
    const std::string name = estate.targetName(gap.object);
    switch (gap.what) {
    case Missing::Principal:
        return name + " itself, and what it may do";
    case Missing::IdentityPolicies:
        return "the policies of " + name + ": list-roles does not tell them";
    case Missing::ManagedPolicy:
        return "the document of the attached policy " + name;
    case Missing::Boundary:
        return "the document of the permissions boundary " + name;
    case Missing::Group:
        return "the group " + name + " and its policies";
    case Missing::Scp:
        return "all of the service control policies of " + name;
    case Missing::Rcp:
        return "all of the resource control policies of " + name;
    case Missing::ResourcePolicy:
        return "whether " + name + " has a policy of its own";
    case Missing::TrustPolicy:
        return "the trust policy of " + name;
    case Missing::SessionPolicy:
        return "the session policy that AWS speaks of: only whoever started the session has it";
    case Missing::EndpointPolicy:
        return "the VPC endpoint's policy that AWS speaks of";
    case Missing::ResourceAccount:
        return "the account in " + name + ": its digits fit to none, or to several";
    case Missing::Malformed:
        break;
    }
    return "what " + name + " says, since it is malformed" +
           (gap.cause ? ": " + ui::explain(*gap.cause).title.toStdString() + ". " + ui::explain(*gap.cause).why.toStdString()
                      : std::string());
}

} // namespace gw::ctl
