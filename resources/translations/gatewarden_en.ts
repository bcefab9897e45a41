<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
<context>
    <name>AnswerCopy</name>
    <message numerus="yes">
        <source>Evaluated from %n file(s).</source>
        <translation>
            <numerusform>Evaluated from %n file.</numerusform>
            <numerusform>Evaluated from %n files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Evaluated from %n file(s), the newest of %1.</source>
        <translation>
            <numerusform>Evaluated from %n file, the newest of %1.</numerusform>
            <numerusform>Evaluated from %n files, the newest of %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With %n pasted policy(s).</source>
        <translation>
            <numerusform>With %n pasted policy.</numerusform>
            <numerusform>With %n pasted policies.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Evaluated from %n pasted policy(s) alone: what is not pasted does not exist here.</source>
        <translation>
            <numerusform>Evaluated from %n pasted policy alone: what is not pasted does not exist here.</numerusform>
            <numerusform>Evaluated from %n pasted policies alone: what is not pasted does not exist here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LayerView</name>
    <message numerus="yes">
        <source>%n policies</source>
        <translation>
            <numerusform>%n policy</numerusform>
            <numerusform>%n policies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewWords</name>
    <message numerus="yes">
        <source>%n resource(s)</source>
        <translation>
            <numerusform>%n resource</numerusform>
            <numerusform>%n resources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n route(s)</source>
        <translation>
            <numerusform>%n route</numerusform>
            <numerusform>%n routes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n mesh service(s)</source>
        <translation>
            <numerusform>%n mesh service</numerusform>
            <numerusform>%n mesh services</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n function(s)</source>
        <translation>
            <numerusform>%n function</numerusform>
            <numerusform>%n functions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n role(s)</source>
        <translation>
            <numerusform>%n role</numerusform>
            <numerusform>%n roles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n service(s)</source>
        <translation>
            <numerusform>%n service</numerusform>
            <numerusform>%n services</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SessionActions</name>
    <message numerus="yes">
        <source>%n session(s) ended</source>
        <translation>
            <numerusform>%n session ended</numerusform>
            <numerusform>%n sessions ended</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Structure</name>
    <message numerus="yes">
        <source>%1, %n value(s)</source>
        <translation>
            <numerusform>%1, %n value</numerusform>
            <numerusform>%1, %n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::app::StatusLine</name>
    <message numerus="yes">
        <source>Agent serving %n profile(s)</source>
        <translation>
            <numerusform>Agent serving %n profile</numerusform>
            <numerusform>Agent serving %n profiles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::AnswerModel</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>actions</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::AnswersView</name>
    <message numerus="yes">
        <source>of %n not all is in these files</source>
        <translation>
            <numerusform>of %n not all is in these files</numerusform>
            <numerusform>of %n not all is in these files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::CalendarTab</name>
    <message numerus="yes">
        <source>of %n provider(s) the metadata was not read</source>
        <translation>
            <numerusform>of %n provider the metadata was not read</numerusform>
            <numerusform>of %n providers the metadata was not read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) in what was read</source>
        <translation>
            <numerusform>%n problem in what was read</numerusform>
            <numerusform>%n problems in what was read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trust policy(s)</source>
        <translation>
            <numerusform>%n trust policy</numerusform>
            <numerusform>%n trust policies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trust policy(s) that nobody attested yet</source>
        <translation>
            <numerusform>%n trust policy that nobody attested yet</numerusform>
            <numerusform>%n trust policies that nobody attested yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::CampaignHead</name>
    <message numerus="yes">
        <source>%n item(s) are not decided yet</source>
        <translation>
            <numerusform>%n item is not decided yet</numerusform>
            <numerusform>%n items are not decided yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::CampaignList</name>
    <message numerus="yes">
        <source>%n campaign(s)</source>
        <translation>
            <numerusform>%n campaign</numerusform>
            <numerusform>%n campaigns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::CampaignsPage</name>
    <message numerus="yes">
        <source>%n item(s) to review</source>
        <translation>
            <numerusform>%n item to review</numerusform>
            <numerusform>%n items to review</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s) wait for you.</source>
        <translation>
            <numerusform>%n item waits for you.</numerusform>
            <numerusform>%n items wait for you.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ChangesSection</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ComparePane</name>
    <message numerus="yes">
        <source>%n difference(s) in meaning; IDs, instants and white space were not compared as such.</source>
        <translation>
            <numerusform>%n difference in meaning; IDs, instants and white space were not compared as such.</numerusform>
            <numerusform>%n differences in meaning; IDs, instants and white space were not compared as such.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::DriftTab</name>
    <message numerus="yes">
        <source>not compared, since only one side tells: %n</source>
        <translation>
            <numerusform>not compared, since only one side tells: %n</numerusform>
            <numerusform>not compared, since only one side tells: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>problems in the baseline&apos;s files: %n</source>
        <translation>
            <numerusform>problems in the baseline&apos;s files: %n</numerusform>
            <numerusform>problems in the baseline&apos;s files: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ExplainPage</name>
    <message numerus="yes">
        <source>Choose a principal, an action and a resource above, or paste the error that AWS gave. %1 principals and %2 resources are known, in %n account(s).</source>
        <translation>
            <numerusform>Choose a principal, an action and a resource above, or paste the error that AWS gave. %1 principals and %2 resources are known, in %n account.</numerusform>
            <numerusform>Choose a principal, an action and a resource above, or paste the error that AWS gave. %1 principals and %2 resources are known, in %n accounts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::FactsSection</name>
    <message numerus="yes">
        <source>Show %n more</source>
        <translation>
            <numerusform>Show %n more</numerusform>
            <numerusform>Show %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::FilterField</name>
    <message numerus="yes">
        <source>%1, %n row(s)</source>
        <translation>
            <numerusform>%1, %n row</numerusform>
            <numerusform>%1, %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::FindingList</name>
    <message numerus="yes">
        <source>%n more finding(s)</source>
        <translation>
            <numerusform>%n more finding</numerusform>
            <numerusform>%n more findings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fatal</source>
        <translation>
            <numerusform>%n fatal</numerusform>
            <numerusform>%n fatal</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n note(s)</source>
        <translation>
            <numerusform>%n note</numerusform>
            <numerusform>%n notes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ImportPage</name>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> and %n more</numerusform>
            <numerusform> and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n provider(s)</source>
        <translation>
            <numerusform>Import %n provider</numerusform>
            <numerusform>Import %n providers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s) imported</source>
        <translation>
            <numerusform>%n provider imported</numerusform>
            <numerusform>%n providers imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more need(s) a login address or metadata</source>
        <translation>
            <numerusform>%n more needs a login address or metadata</numerusform>
            <numerusform>%n more need a login address or metadata</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::InspectorBar</name>
    <message numerus="yes">
        <source>%n octet(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ItemPanel</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::KeyCalendar</name>
    <message numerus="yes">
        <source>ends %1, in %n day(s)</source>
        <translation>
            <numerusform>ends %1, in %n day</numerusform>
            <numerusform>ends %1, in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more endpoint(s)</source>
        <translation>
            <numerusform>%n more endpoint</numerusform>
            <numerusform>%n more endpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more key(s)</source>
        <translation>
            <numerusform>%n more key</numerusform>
            <numerusform>%n more keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::LayerRow</name>
    <message numerus="yes">
        <source>%n other statement(s) are further from it.</source>
        <translation>
            <numerusform>%n other statement is further from it.</numerusform>
            <numerusform>%n other statements are further from it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::LiveForm</name>
    <message numerus="yes">
        <source>%n action(s), none of which changes anything. What a session may not read becomes a gap, and the rest is read.</source>
        <translation>
            <numerusform>%n action, none of which changes anything. What a session may not read becomes a gap, and the rest is read.</numerusform>
            <numerusform>%n actions, none of which changes anything. What a session may not read becomes a gap, and the rest is read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) kept, the oldest of %1</source>
        <translation>
            <numerusform>%n answer kept, the oldest of %1</numerusform>
            <numerusform>%n answers kept, the oldest of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n account(s)</source>
        <translation>
            <numerusform>%n account</numerusform>
            <numerusform>%n accounts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n region(s)</source>
        <translation>
            <numerusform>%n region</numerusform>
            <numerusform>%n regions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::LivePage</name>
    <message numerus="yes">
        <source>AWS, %n account(s)</source>
        <translation>
            <numerusform>AWS, %n account</numerusform>
            <numerusform>AWS, %n accounts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::LiveRun</name>
    <message numerus="yes">
        <source>%n object(s) read</source>
        <translation>
            <numerusform>%n object read</numerusform>
            <numerusform>%n objects read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) from an earlier read, the oldest %1</source>
        <translation>
            <numerusform>%n answer from an earlier read, the oldest %1</numerusform>
            <numerusform>%n answers from an earlier read, the oldest %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) repeated</source>
        <translation>
            <numerusform>%n call repeated</numerusform>
            <numerusform>%n calls repeated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n not read</source>
        <translation>
            <numerusform>%1, %n not read</numerusform>
            <numerusform>%1, %n not read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not read: %n call(s)</source>
        <translation>
            <numerusform>Not read: %n call</numerusform>
            <numerusform>Not read: %n calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n time(s)</source>
        <translation>
            <numerusform>%1, %n time</numerusform>
            <numerusform>%1, %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more line(s), in what is copied</source>
        <translation>
            <numerusform>and %n more line, in what is copied</numerusform>
            <numerusform>and %n more lines, in what is copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are kept; reading on asks only for the rest</source>
        <translation>
            <numerusform>%n answer is kept; reading on asks only for the rest</numerusform>
            <numerusform>%n answers are kept; reading on asks only for the rest</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) to review</source>
        <translation>
            <numerusform>%n answer to review</numerusform>
            <numerusform>%n answers to review</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::NextDates</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more of the same day</source>
        <translation>
            <numerusform>and %n more of the same day</numerusform>
            <numerusform>and %n more of the same day</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::PolicyBox</name>
    <message numerus="yes">
        <source>%n statement(s)</source>
        <translation>
            <numerusform>%n statement</numerusform>
            <numerusform>%n statements</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ProviderAssistant</name>
    <message numerus="yes">
        <source>The provider answers and %n key(s) can be trusted</source>
        <translation>
            <numerusform>The provider answers and %n key can be trusted</numerusform>
            <numerusform>The provider answers and %n keys can be trusted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ProviderCard</name>
    <message numerus="yes">
        <source>%n key(s) trusted</source>
        <translation>
            <numerusform>%n key trusted</numerusform>
            <numerusform>%n keys trusted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Certificate ends in %n day(s)</source>
        <translation>
            <numerusform>Certificate ends in %n day</numerusform>
            <numerusform>Certificate ends in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::ReviewPage</name>
    <message numerus="yes">
        <source>%n row(s) attested</source>
        <translation>
            <numerusform>%n row attested</numerusform>
            <numerusform>%n rows attested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) noted</source>
        <translation>
            <numerusform>%n row noted</numerusform>
            <numerusform>%n rows noted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s) not checked, for want of: %1</source>
        <translation>
            <numerusform>%n rule not checked, for want of: %1</numerusform>
            <numerusform>%n rules not checked, for want of: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) in what was read</source>
        <translation>
            <numerusform>%n problem in what was read</numerusform>
            <numerusform>%n problems in what was read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) not answered</source>
        <translation>
            <numerusform>%n call not answered</numerusform>
            <numerusform>%n calls not answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::RoleChooser</name>
    <message numerus="yes">
        <source>%n value(s) of the Role attribute cannot be used</source>
        <translation>
            <numerusform>%n value of the Role attribute cannot be used</numerusform>
            <numerusform>%n values of the Role attribute cannot be used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n role(s)</source>
        <translation>
            <numerusform>%n role</numerusform>
            <numerusform>%n roles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more role(s) do not match.</source>
        <translation>
            <numerusform>%n more role does not match.</numerusform>
            <numerusform>%n more roles do not match.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n role(s) chosen</source>
        <translation>
            <numerusform>%n role chosen</numerusform>
            <numerusform>%n roles chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Start %n session(s)</source>
        <translation>
            <numerusform>Start %n session</numerusform>
            <numerusform>Start %n sessions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::RoleFactsStrip</name>
    <message numerus="yes">
        <source>+%n role(s)</source>
        <translation>
            <numerusform>+%n role</numerusform>
            <numerusform>+%n roles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n role(s)</source>
        <translation>
            <numerusform>%n role</numerusform>
            <numerusform>%n roles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::RowPanel</name>
    <message numerus="yes">
        <source>%n people</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n way(s) lead into this role</source>
        <translation>
            <numerusform>%n way leads into this role</numerusform>
            <numerusform>%n ways lead into this role</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) chosen</source>
        <translation>
            <numerusform>%n row chosen</numerusform>
            <numerusform>%n rows chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finding(s) about them. What is done now is done with all of them.</source>
        <translation>
            <numerusform>%n finding about them. What is done now is done with all of them.</numerusform>
            <numerusform>%n findings about them. What is done now is done with all of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::Section</name>
    <message numerus="yes">
        <source>%n more role(s)</source>
        <translation>
            <numerusform>%n more role</numerusform>
            <numerusform>%n more roles</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::SessionCard</name>
    <message numerus="yes">
        <source>%n program(s)</source>
        <translation>
            <numerusform>%n program</numerusform>
            <numerusform>%n programs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::SessionPanel</name>
    <message numerus="yes">
        <source>Narrows the role, %n character(s)</source>
        <translation>
            <numerusform>Narrows the role, %n character</numerusform>
            <numerusform>Narrows the role, %n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::SignInCoordinator</name>
    <message numerus="yes">
        <source>%n session(s) started</source>
        <translation>
            <numerusform>%n session started</numerusform>
            <numerusform>%n sessions started</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 ends in %n minute(s)</source>
        <translation>
            <numerusform>%1 ends in %n minute</numerusform>
            <numerusform>%1 ends in %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::StepsPanel</name>
    <message numerus="yes">
        <source>and %n other address(es)</source>
        <translation>
            <numerusform>and %n other address</numerusform>
            <numerusform>and %n other addresses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::TableView</name>
    <message numerus="yes">
        <source>%1, %n row(s)</source>
        <translation>
            <numerusform>%1, %n row</numerusform>
            <numerusform>%1, %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::TryBar</name>
    <message numerus="yes">
        <source>Trying with %n other fact(s)</source>
        <translation>
            <numerusform>Trying with %n other fact</numerusform>
            <numerusform>Trying with %n other facts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, and %n other fact(s)</source>
        <translation>
            <numerusform>, and %n other fact</numerusform>
            <numerusform>, and %n other facts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gw::ui::VerdictBanner</name>
    <message numerus="yes">
        <source>It offers %n role(s) to %1.</source>
        <translation>
            <numerusform>It offers %n role to %1.</numerusform>
            <numerusform>It offers %n roles to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Metadata of %n entities</source>
        <translation>
            <numerusform>Metadata of %n entity</numerusform>
            <numerusform>Metadata of %n entities</numerusform>
        </translation>
    </message>
</context>
</TS>
