// The Inspector's text: a response of 256 KiB, metadata of 10 MB. Budgets: open < 100 ms, a frame while scrolling < 8 ms.
#include "tests/support/ui_application.h"

#include "ui/inspector/code_area.h"
#include "ui/inspector/flow_source.h"
#include "ui/inspector/hex_source.h"

#include <QScrollBar>

#include <benchmark/benchmark.h>

using namespace gw;

namespace {

// One line, as providers write them: `octets` of attributes with roles, every third of them a claim in signed octets.
std::string response(std::size_t octets) {
    std::string xml = "<samlp:Response xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_r\"><saml:Assertion ID=\"_a\"><saml:AttributeStatement>";
    for (int i = 0; xml.size() < octets; ++i) {
        const std::string account = std::to_string(100'000'000'000 + i);
        xml += "<saml:Attribute Name=\"https://aws.amazon.com/SAML/Attributes/Role\" "
               "NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\"><saml:AttributeValue>arn:aws:iam::" +
               account + ":role/payments-readonly,arn:aws:iam::" + account + ":saml-provider/Northwind</saml:AttributeValue></saml:Attribute>";
    }
    return xml + "</saml:AttributeStatement></saml:Assertion></samlp:Response>";
}

ui::Shading shadesOf(const std::string& xml) {
    std::vector<ui::ShadeRun> runs;
    std::uint32_t at = 0;
    const auto add = [&](std::size_t end, ui::Mark mark) {
        runs.push_back({{at, static_cast<std::uint32_t>(end)}, ui::Shade::Signed, mark, false});
        at = static_cast<std::uint32_t>(end);
    };
    for (std::size_t value = xml.find("arn:"); value != std::string::npos; value = xml.find("<saml:AttributeValue>arn:", value)) {
        if (xml[value] == '<') value += 21;
        add(value, ui::Mark::Plain);
        add(xml.find('<', value), ui::Mark::Claim);
    }
    add(xml.size(), ui::Mark::Plain);
    return ui::Shading(std::move(runs));
}

ui::SharedText shared(std::size_t octets) {
    auto text = std::make_shared<const std::string>(response(octets));
    auto shading = std::make_shared<const ui::Shading>(shadesOf(*text));
    return {text, *text, shading};
}

void show(ui::CodeArea& area) {
    area.resize(1000, 800);
    area.show();
    (void)QTest::qWaitForWindowExposed(&area);
}

void open(benchmark::State& state) {
    const ui::SharedText text = shared(static_cast<std::size_t>(state.range(0)));
    ui::CodeArea area(QStringLiteral("Document"));
    show(area);
    for (auto _ : state) {
        ui::FlowRules rules;
        area.setSource(std::make_shared<ui::FlowSource>(text, rules));
        area.viewport()->repaint();
    }
    state.counters["rows"] = static_cast<double>(area.rowCount());
}

template <class Source>
void scroll(benchmark::State& state) {
    const ui::SharedText text = shared(static_cast<std::size_t>(state.range(0)));
    ui::CodeArea area(QStringLiteral("Document"));
    show(area);
    if constexpr (std::is_same_v<Source, ui::FlowSource>)
        area.setSource(std::make_shared<Source>(text, ui::FlowRules{}));
    else
        area.setSource(std::make_shared<Source>(text, 16));
    QScrollBar* bar = area.verticalScrollBar();
    // A page at a time, so that every frame paints every row anew.
    for (auto _ : state) {
        bar->setValue(bar->value() + 777 > bar->maximum() ? 0 : bar->value() + 777);
        area.viewport()->repaint();
    }
}

void find(benchmark::State& state) {
    const ui::SharedText text = shared(static_cast<std::size_t>(state.range(0)));
    ui::CodeArea area(QStringLiteral("Document"));
    show(area);
    area.setSource(std::make_shared<ui::FlowSource>(text, ui::FlowRules{}));
    for (auto _ : state) benchmark::DoNotOptimize(area.find(QStringLiteral("saml-provider/Northwind")));
}

BENCHMARK(open)->Name("inspector/open")->Arg(256 << 10)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(scroll<ui::FlowSource>)->Name("inspector/scroll")->Arg(256 << 10)->Arg(10'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(scroll<ui::HexSource>)->Name("inspector/scroll-hex")->Arg(256 << 10)->Unit(benchmark::kMillisecond);
BENCHMARK(find)->Name("inspector/find")->Arg(256 << 10)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    ui::Theme theme(application);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
