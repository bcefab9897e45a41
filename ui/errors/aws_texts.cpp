// What AWS's services answer when an estate is read from them.
#include "ui/errors/error_entry.h"

#include <QtGlobal>

namespace gw::ui::errors {

namespace {

constexpr ErrorEntry entries[] = {
    {"aws.access_denied",
     QT_TRANSLATE_NOOP("ErrorText", "AWS does not let this session read[ {action}| that]"),
     QT_TRANSLATE_NOOP("ErrorText", "What was asked for stays unknown, and answers that hang on it depend. AWS's own words are below."),
     {QT_TRANSLATE_NOOP("ErrorText", "Add the read-only policy to the role, then read again."),
      QT_TRANSLATE_NOOP("ErrorText", "A service control policy or the session's own policy may deny it, too.")}},
    {"aws.expired_credentials",
     QT_TRANSLATE_NOOP("ErrorText", "The session has ended"),
     QT_TRANSLATE_NOOP("ErrorText", "AWS takes no more calls with its credentials. What was read is kept."),
     {QT_TRANSLATE_NOOP("ErrorText", "Start a session with the role again, then go on.")}},
    {"aws.bad_credentials",
     QT_TRANSLATE_NOOP("ErrorText", "AWS does not know these credentials"),
     QT_TRANSLATE_NOOP("ErrorText", "The access key or its token is wrong or was taken back, or the account has not enabled this region."),
     {QT_TRANSLATE_NOOP("ErrorText", "Start a new session with the role."),
      QT_TRANSLATE_NOOP("ErrorText", "Leave out regions that the account does not use.")}},
    {"aws.clock_skew",
     QT_TRANSLATE_NOOP("ErrorText", "This computer's clock is too far from AWS's"),
     QT_TRANSLATE_NOOP("ErrorText", "AWS takes a signed call for a quarter of an hour. [AWS's clock said {server_time:time}.]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Set this computer's clock.")}},
    {"aws.throttled",
     QT_TRANSLATE_NOOP("ErrorText", "AWS answers no faster"),
     QT_TRANSLATE_NOOP("ErrorText", "The account's rate of calls is used up, also after longer pauses. Other programs share it."),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again in a few minutes: what was read is kept.")}},
    {"aws.not_found",
     QT_TRANSLATE_NOOP("ErrorText", "AWS has nothing of that name"),
     QT_TRANSLATE_NOOP("ErrorText", "It was deleted meanwhile, or never had what was asked for."),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again if it should be there.")}},
    {"aws.not_in_use",
     QT_TRANSLATE_NOOP("ErrorText", "The account does not use that"),
     QT_TRANSLATE_NOOP("ErrorText", "It belongs to no organization, or this type of policy is not enabled."),
     {QT_TRANSLATE_NOOP("ErrorText", "Read with a session of the management account if there is one.")}},
    {"aws.region_disabled",
     QT_TRANSLATE_NOOP("ErrorText", "The account has not enabled that region or service"),
     QT_TRANSLATE_NOOP("ErrorText", "Nothing can be there, or nobody may look. AWS's own words are below."),
     {QT_TRANSLATE_NOOP("ErrorText", "Leave out regions that the account does not use.")}},
    {"aws.server_error",
     QT_TRANSLATE_NOOP("ErrorText", "A service of AWS failed"),
     QT_TRANSLATE_NOOP("ErrorText", "The fault is AWS's own, and it stayed after several tries."),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again in a few minutes: what was read is kept.")}},
    {"aws.unreadable",
     QT_TRANSLATE_NOOP("ErrorText", "The answer is not one of AWS's"),
     QT_TRANSLATE_NOOP("ErrorText", "Something else answered in its place, such as a proxy or a portal that wants a sign-in."),
     {QT_TRANSLATE_NOOP("ErrorText", "Open any page in the browser to see whether the network asks for something."),
      QT_TRANSLATE_NOOP("ErrorText", "Check the proxy and the endpoint.")}},
    {"aws.no_answer",
     QT_TRANSLATE_NOOP("ErrorText", "AWS could not be reached"),
     QT_TRANSLATE_NOOP("ErrorText", "[{endpoint}|Its endpoint] gave no answer. {cause}"),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again when the network is back: it goes on where it ended.")}},
    {"aws.rejected",
     QT_TRANSLATE_NOOP("ErrorText", "AWS refused the call"),
     QT_TRANSLATE_NOOP("ErrorText", "It gave a reason that has no text here. AWS's own words are below."),
     {QT_TRANSLATE_NOOP("ErrorText", "Give the details below to whoever looks after the account.")}},
    {"read.network_lost",
     QT_TRANSLATE_NOOP("ErrorText", "The network went away while AWS was read"),
     QT_TRANSLATE_NOOP("ErrorText", "What was read is kept. {cause}"),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again when the network is back: it goes on where it ended.")}},
    {"read.canceled",
     QT_TRANSLATE_NOOP("ErrorText", "Reading AWS was stopped"),
     QT_TRANSLATE_NOOP("ErrorText", "What was read is kept."),
     {QT_TRANSLATE_NOOP("ErrorText", "Read again to go on where it ended.")}},
    {"read.nothing_to_read",
     QT_TRANSLATE_NOOP("ErrorText", "No session can be used to read AWS"),
     QT_TRANSLATE_NOOP("ErrorText", "None is live, or AWS takes none of them."),
     {QT_TRANSLATE_NOOP("ErrorText", "Start a session with a role that may read.")}},
};

} // namespace

std::span<const ErrorEntry> awsTexts() { return entries; }

} // namespace gw::ui::errors
