#include "models/cloud/name_qualifier.h"

#include <QCryptographicHash>

namespace gw::cloud {

std::string nameQualifier(std::string_view issuer, const aws::SamlProviderArn& provider) {
    std::string text(issuer);
    text += provider.account().value() + '/' + provider.name();
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha1).toBase64().toStdString();
}

} // namespace gw::cloud
