// What an estate does not tell, in words.
#include "ui/errors/answer_texts.h"

#include <QCoreApplication>

namespace gw::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

} // namespace

QString gapText(const estate::Gap& gap, const PolicyNames& names) {
    using estate::Missing;
    const QString object = names.of(gap.object);
    switch (gap.what) {
    case Missing::Principal:
        return Words::tr("%1 is not in these files, nor what it may do.").arg(object);
    case Missing::IdentityPolicies:
        return Words::tr("What %1 may do is not in these files.").arg(object);
    case Missing::ManagedPolicy:
        return Words::tr("The attached policy %1 is not in these files.").arg(object);
    case Missing::Boundary:
        return Words::tr("The permissions boundary %1 is not in these files.").arg(object);
    case Missing::Group:
        return Words::tr("The group %1 is not in these files.").arg(object);
    case Missing::Scp:
        return Words::tr("Not all service control policies of %1 are in these files.").arg(object);
    case Missing::Rcp:
        return Words::tr("Not all resource control policies of %1 are in these files.").arg(object);
    case Missing::ResourcePolicy:
        return Words::tr("Whether %1 has a policy of its own is not in these files.").arg(shortResource(gap.object));
    case Missing::TrustPolicy:
        return Words::tr("The trust policy of %1 is not in these files.").arg(object);
    case Missing::SessionPolicy:
        return Words::tr("AWS names a session policy; only whoever started the session has it.");
    case Missing::EndpointPolicy:
        return Words::tr("AWS names a VPC endpoint's policy, which is not in these files.");
    case Missing::NetworkPolicy:
        return Words::tr("The policy of a service network decides, too; through which one the call comes is not told.");
    case Missing::ResourceAccount:
        return Words::tr("The account of %1 is masked, and none of these files tells which it is.")
            .arg(shortResource(gap.object));
    case Missing::Malformed:
        break;
    }
    return Words::tr("The policy %1 is left out: AWS would not have stored it.").arg(object);
}

} // namespace gw::ui
