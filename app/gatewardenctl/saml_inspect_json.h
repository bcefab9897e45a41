#pragma once

#include "saml/base/json_writer.h"
#include "saml/inspect/inspection.h"
#include "saml/inspect/metadata_report.h"

namespace gw::ctl {

// One object for a response, and one for metadata. Their members are described in the manual page.
void writeInspection(JsonWriter& json, const inspect::Inspection& inspection);
void writeMetadata(JsonWriter& json, const inspect::MetadataReport& report);

} // namespace gw::ctl
