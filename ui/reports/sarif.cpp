#include "ui/reports/sarif.h"

namespace gw::ui {

namespace lint = policy::lint;

std::string_view sarifLevel(lint::Severity severity) {
    switch (severity) {
    case lint::Severity::Low:
        return "note";
    case lint::Severity::Medium:
        return "warning";
    case lint::Severity::High:
    case lint::Severity::Critical:
    case lint::Severity::Error:
        break;
    }
    return "error";
}

std::string sarifUri(const std::string& file) {
    if (file == "-") return "stdin";
    static constexpr std::string_view hex = "0123456789ABCDEF";
    std::string uri = file.starts_with('/') ? "file://" : "";
    for (const char each : file) {
        const auto octet = static_cast<unsigned char>(each);
        const bool plain = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
                           std::string_view("-._~/").find(each) != std::string_view::npos;
        if (plain)
            uri += each;
        else
            uri = uri + '%' + hex[octet >> 4U] + hex[octet & 15U];
    }
    return uri;
}

void writeSarifMessage(JsonWriter& json, std::string_view name, std::string_view text) {
    json.key(name).beginObject().member("text", text).endObject();
}

void writeSarifRule(JsonWriter& json, const lint::Rule& rule, std::string_view title) {
    json.beginObject().member("id", rule.id);
    writeSarifMessage(json, "shortDescription", title);
    json.key("defaultConfiguration").beginObject().member("level", sarifLevel(rule.severity)).endObject();
    json.key("properties").beginObject().member("severity", lint::severityName(rule.severity)).member("clause", rule.clause).endObject();
    json.endObject();
}

void beginSarif(JsonWriter& json, std::string_view program) {
    json.beginObject().member("$schema", "https://json.schemastore.org/sarif-2.1.0.json").member("version", "2.1.0");
    json.key("runs").beginArray().beginObject();
    json.key("tool").beginObject().key("driver").beginObject().member("name", program).member("version", GATEWARDEN_VERSION);
    json.key("rules").beginArray();
}

} // namespace gw::ui
