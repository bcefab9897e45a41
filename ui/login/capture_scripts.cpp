#include "ui/login/capture_scripts.h"

#include "saml/protocol/captured_response.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace gw::ui {
namespace {

// A form's own properties give way to inputs of the same name ("action", "submit", "getAttribute"), and those of the
// document to named images and forms, so everything goes through the prototypes.
constexpr auto formTools = R"js(
const getter = (type, name) => {
    const get = Object.getOwnPropertyDescriptor(type.prototype, name).get;
    return object => get.call(object);
};
const attribute = (element, name) => Element.prototype.getAttribute.call(element, name);
const baseOf = getter(Node, 'baseURI');
const tagOf = getter(Element, 'tagName');
const elementsOf = getter(HTMLFormElement, 'elements');
const inputValue = getter(HTMLInputElement, 'value');
const areaValue = getter(HTMLTextAreaElement, 'value');
const field = (form, name) => {
    const elements = elementsOf(form);
    for (let i = 0; i < elements.length; ++i) {
        const element = elements[i];
        if (attribute(element, 'name') !== name) continue;
        if (tagOf(element) === 'INPUT') return inputValue(element);
        if (tagOf(element) === 'TEXTAREA') return areaValue(element);
    }
    return null;
};
const resolve = (form, action) => {
    try { return new URL(action || '', baseOf(form)).href; } catch (e) { return ''; }
};
const record = (form, submitter) => {
    const own = name => (submitter && attribute(submitter, 'form' + name)) || attribute(form, name) || '';
    if (own('method').toLowerCase() !== 'post') return null;
    const response = field(form, 'SAMLResponse');
    if (!response) return null;
    return { action: resolve(form, own('action')), response: response, relayState: field(form, 'RelayState') || '' };
};
)js";

constexpr auto collector = R"js(
(() => {
    if (window.gatewardenCollector) return;
    %1
    let last = null;
    const consider = (form, submitter) => { last = record(form, submitter) || last; };
    const formsOf = node => {
        if (node instanceof HTMLFormElement) return [node];
        if (!(node instanceof Element)) return [];
        const owner = Element.prototype.closest.call(node, 'form');
        return owner ? [owner] : Array.from(Element.prototype.querySelectorAll.call(node, 'form'));
    };
    new MutationObserver(records => {
        for (const each of records)
            for (const node of each.addedNodes)
                for (const form of formsOf(node)) consider(form, null);
    }).observe(document, { childList: true, subtree: true });
    window.addEventListener('submit', event => {
        if (event.target instanceof HTMLFormElement) consider(event.target, event.submitter);
    }, true);
    Object.defineProperty(window, 'gatewardenCollector', { value: () => last });
})();
)js";

constexpr auto reader = R"js(
(() => {
    const [target, anyForm, maximum] = %2;
    %1
    const answer = found => found.response.length > maximum
        ? { tooLarge: found.response.length }
        : { response: found.response, relayState: found.relayState.slice(0, 4096) };
    const windows = [];
    const walk = (view, depth) => {
        try { if (!view.document) return; } catch (e) { return; }
        windows.push(view);
        for (let i = 0; i < view.length && i < 64 && depth < 8; ++i) walk(view.frames[i], depth + 1);
    };
    walk(window, 0);
    let other = null;
    for (const view of windows) {
        for (const form of Document.prototype.querySelectorAll.call(view.document, 'form')) {
            const submitters = Array.from(Element.prototype.querySelectorAll.call(form, '[formaction]'));
            for (const submitter of [null, ...submitters]) {
                const found = record(form, submitter);
                if (!found) continue;
                if (found.action === target) return answer(found);
                other = other || found;
            }
        }
    }
    for (const view of windows) {
        const found = view.gatewardenCollector && view.gatewardenCollector();
        if (!found) continue;
        if (found.action === target) return answer(found);
        other = other || found;
    }
    return anyForm && other ? answer(other) : null;
})()
)js";

constexpr auto waitsForInput = R"js(
(() => {
    const types = ['text', 'email', 'password', 'tel', 'number', 'url', 'search', ''];
    for (const input of Document.prototype.querySelectorAll.call(document, 'input')) {
        if (!types.includes((Element.prototype.getAttribute.call(input, 'type') || '').toLowerCase())) continue;
        if (!input.getClientRects().length) continue;
        if (getComputedStyle(input).visibility !== 'hidden') return true;
    }
    return false;
})()
)js";

QString text(const char* script) { return QString::fromUtf8(script); }

} // namespace

QString collectorScript() { return text(collector).arg(text(formTools)); }

QString readScript(const QUrl& acs, bool anyForm) {
    const QJsonArray arguments{acs.toString(QUrl::FullyEncoded), anyForm, static_cast<qint64>(saml::maxFormValue)};
    // One call with both, so that a "%1" inside the address is left alone.
    return text(reader).arg(text(formTools), QString::fromUtf8(QJsonDocument(arguments).toJson(QJsonDocument::Compact)));
}

QString waitsForInputScript() { return text(waitsForInput); }

} // namespace gw::ui
