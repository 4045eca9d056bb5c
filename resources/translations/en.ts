<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
  <context>
    <name />
    <message numerus="yes">
      <source>%n act(s)</source>
      <translation>
        <numerusform>%n act</numerusform>
        <numerusform>%n acts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their envelopes stay blank.</source>
      <translation>
        <numerusform>%n address is empty; its envelope stays blank.</numerusform>
        <numerusform>%n addresses are empty; their envelopes stay blank.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their labels stay blank.</source>
      <translation>
        <numerusform>%n address is empty; its label stays blank.</numerusform>
        <numerusform>%n addresses are empty; their labels stay blank.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) have no postcode of six digits; their boxes stay empty.</source>
      <translation>
        <numerusform>%n address has no postcode of six digits; its boxes stay empty.</numerusform>
        <numerusform>%n addresses have no postcode of six digits; their boxes stay empty.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s)</source>
      <translation>
        <numerusform>%n cell</numerusform>
        <numerusform>%n cells</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) hold an error such as #DIV/0!</source>
      <translation>
        <numerusform>%n cell holds an error such as #DIV/0!</numerusform>
        <numerusform>%n cells hold an error such as #DIV/0!</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) were too long for the paper; their end was cut off.</source>
      <translation>
        <numerusform>%n cell was too long for the paper; its end was cut off.</numerusform>
        <numerusform>%n cells were too long for the paper; their ends were cut off.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) have not reached the server.</source>
      <translation>
        <numerusform>%n change has not reached the server.</numerusform>
        <numerusform>%n changes have not reached the server.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n change(s) wait and are sent when it is back.</source>
      <translation>
        <numerusform>%n change waits and is sent when it is back.</numerusform>
        <numerusform>%n changes wait and are sent when it is back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n copy(ies) in the folder backups went along.</source>
      <translation>
        <numerusform>%n copy in the folder backups went along.</numerusform>
        <numerusform>%n copies in the folder backups went along.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) idle</source>
      <translation>
        <numerusform>%n day idle</numerusform>
        <numerusform>%n days idle</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) late</source>
      <translation>
        <numerusform>%n day late</numerusform>
        <numerusform>%n days late</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted record(s)</source>
      <translation>
        <numerusform>%n deleted record</numerusform>
        <numerusform>%n deleted records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation>
        <numerusform>%n entry</numerusform>
        <numerusform>%n entries</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n further word(s), such as {word}</source>
      <translation>
        <numerusform>%n further word, such as {word}</numerusform>
        <numerusform>%n further words, such as {word}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n group(s)</source>
      <translation>
        <numerusform>%n group</numerusform>
        <numerusform>%n groups</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n missed reminder(s)</source>
      <translation>
        <numerusform>%n missed reminder</numerusform>
        <numerusform>%n missed reminders</numerusform>
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
      <source>%n more field(s) have the same value in both.</source>
      <translation>
        <numerusform>%n more field has the same value in both.</numerusform>
        <numerusform>%n more fields have the same value in both.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reminder(s)</source>
      <translation>
        <numerusform>%n more reminder</numerusform>
        <numerusform>%n more reminders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) before you print</source>
      <translation>
        <numerusform>%n note before you print</numerusform>
        <numerusform>%n notes before you print</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n of them cannot be kept and would be lost.</source>
      <translation>
        <numerusform>%n of them cannot be kept and would be lost.</numerusform>
        <numerusform>%n of them cannot be kept and would be lost.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n opportunity(ies)</source>
      <translation>
        <numerusform>%n opportunity</numerusform>
        <numerusform>%n opportunities</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n picture(s)</source>
      <translation>
        <numerusform>%n picture</numerusform>
        <numerusform>%n pictures</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s) found. Make a backup before anything else, and ask whoever looks after the program.</source>
      <translation>
        <numerusform>%n problem found. Make a backup before anything else, and ask whoever looks after the program.</numerusform>
        <numerusform>%n problems found. Make a backup before anything else, and ask whoever looks after the program.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recipient(s)</source>
      <translation>
        <numerusform>%n recipient</numerusform>
        <numerusform>%n recipients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s)</source>
      <translation>
        <numerusform>%n record</numerusform>
        <numerusform>%n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) added since the merge stay where they are</source>
      <translation>
        <numerusform>%n record added since the merge stays where it is</numerusform>
        <numerusform>%n records added since the merge stay where they are</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) and what belongs to them will be gone for good. Nothing brings them back.</source>
      <translation>
        <numerusform>%n record and what belongs to it will be gone for good. Nothing brings it back.</numerusform>
        <numerusform>%n records and what belongs to them will be gone for good. Nothing brings them back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) are refused:</source>
      <translation>
        <numerusform>%n record is refused:</numerusform>
        <numerusform>%n records are refused:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) assigned</source>
      <translation>
        <numerusform>%n record assigned</numerusform>
        <numerusform>%n records assigned</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) changed</source>
      <translation>
        <numerusform>%n record changed</numerusform>
        <numerusform>%n records changed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) deleted for good</source>
      <translation>
        <numerusform>%n record deleted for good</numerusform>
        <numerusform>%n records deleted for good</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin, and with them:</source>
      <translation>
        <numerusform>%n record goes into the recycle bin, and with it:</numerusform>
        <numerusform>%n records go into the recycle bin, and with them:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n record goes into the recycle bin.</numerusform>
        <numerusform>%n records go into the recycle bin.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) have this value already.</source>
      <translation>
        <numerusform>%n record has this value already.</numerusform>
        <numerusform>%n records have this value already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) kept</source>
      <translation>
        <numerusform>%n record kept</numerusform>
        <numerusform>%n records kept</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) moved to the recycle bin</source>
      <translation>
        <numerusform>%n record moved to the recycle bin</numerusform>
        <numerusform>%n records moved to the recycle bin</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) restored</source>
      <translation>
        <numerusform>%n record restored</numerusform>
        <numerusform>%n records restored</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) shared with {name}</source>
      <translation>
        <numerusform>%n record shared with {name}</numerusform>
        <numerusform>%n records shared with {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) tagged</source>
      <translation>
        <numerusform>%n record tagged</numerusform>
        <numerusform>%n records tagged</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) taken back</source>
      <translation>
        <numerusform>%n record taken back</numerusform>
        <numerusform>%n records taken back</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were changed again since and kept.</source>
      <translation>
        <numerusform>%n record was changed again since and kept.</numerusform>
        <numerusform>%n records were changed again since and kept.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were merged into “{title}”</source>
      <translation>
        <numerusform>%n record was merged into “{title}”</numerusform>
        <numerusform>%n records were merged into “{title}”</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}</source>
      <translation>
        <numerusform>%n record written to {file}</numerusform>
        <numerusform>%n records written to {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n refused row(s) written to {file}. Correct them there and import that file.</source>
      <translation>
        <numerusform>%n refused row written to {file}. Correct it there and import that file.</numerusform>
        <numerusform>%n refused rows written to {file}. Correct them there and import that file.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n reminder(s)</source>
      <translation>
        <numerusform>%n reminder</numerusform>
        <numerusform>%n reminders</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) left out as titles, sub-headings or totals</source>
      <translation>
        <numerusform>%n row left out as a title, sub-heading or total</numerusform>
        <numerusform>%n rows left out as titles, sub-headings or totals</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) of data</source>
      <translation>
        <numerusform>%n row of data</numerusform>
        <numerusform>%n rows of data</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) written to {file}</source>
      <translation>
        <numerusform>%n row written to {file}</numerusform>
        <numerusform>%n rows written to {file}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) go into the recycle bin.</source>
      <translation>
        <numerusform>%n sample record goes into the recycle bin.</numerusform>
        <numerusform>%n sample records go into the recycle bin.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) removed.</source>
      <translation>
        <numerusform>%n sample record removed.</numerusform>
        <numerusform>%n sample records removed.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sample record(s) stay, because you work with them:</source>
      <translation>
        <numerusform>%n sample record stays, because you work with it:</numerusform>
        <numerusform>%n sample records stay, because you work with them:</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n second(s) left</source>
      <translation>
        <numerusform>%n second left</numerusform>
        <numerusform>%n seconds left</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n selected</source>
      <translation>
        <numerusform>%n selected</numerusform>
        <numerusform>%n selected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n share(s) ended</source>
      <translation>
        <numerusform>%n share ended</numerusform>
        <numerusform>%n shares ended</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n window(s) open</source>
      <translation>
        <numerusform>%n window open</numerusform>
        <numerusform>%n windows open</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A template with %n column(s) was written to {file}. Fill it in and import it.</source>
      <translation>
        <numerusform>A template with %n column was written to {file}. Fill it in and import it.</numerusform>
        <numerusform>A template with %n columns was written to {file}. Fill it in and import it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Assign %n record(s)</source>
      <translation>
        <numerusform>Assign %n record</numerusform>
        <numerusform>Assign %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Assigned to you by {name}: %n record(s)</source>
      <translation>
        <numerusform>Assigned to you by {name}: %n record</numerusform>
        <numerusform>Assigned to you by {name}: %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Change %n record(s)</source>
      <translation>
        <numerusform>Change %n record</numerusform>
        <numerusform>Change %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n day(s)</source>
      <translation>
        <numerusform>Every %n day</numerusform>
        <numerusform>Every %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n month(s)</source>
      <translation>
        <numerusform>Every %n month</numerusform>
        <numerusform>Every %n months</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n week(s)</source>
      <translation>
        <numerusform>Every %n week</numerusform>
        <numerusform>Every %n weeks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every %n year(s)</source>
      <translation>
        <numerusform>Every %n year</numerusform>
        <numerusform>Every %n years</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>Every table holds the same rows on both sides: %n row.</numerusform>
        <numerusform>Every table holds the same rows on both sides: %n rows.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Import %n row(s)</source>
      <translation>
        <numerusform>Import %n row</numerusform>
        <numerusform>Import %n rows</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>In this stage for %n day(s)</source>
      <translation>
        <numerusform>In this stage for %n day</numerusform>
        <numerusform>In this stage for %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Merge %n record(s)</source>
      <translation>
        <numerusform>Merge %n record</numerusform>
        <numerusform>Merge %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Moved. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>Moved. Every table holds the same rows on both sides: %n row.</numerusform>
        <numerusform>Moved. Every table holds the same rows on both sides: %n rows.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>No change for %n day(s)</source>
      <translation>
        <numerusform>No change for %n day</numerusform>
        <numerusform>No change for %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>No font on this PC has the character “{character}” (U+{code}): %n place(s) show 〓 or nothing instead.</source>
      <translation>
        <numerusform>No font on this PC has the character “{character}” (U+{code}): %n place shows 〓 or nothing instead.</numerusform>
        <numerusform>No font on this PC has the character “{character}” (U+{code}): %n places show 〓 or nothing instead.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Nothing to change: %n record(s) have this value already.</source>
      <translation>
        <numerusform>Nothing to change: %n record has this value already.</numerusform>
        <numerusform>Nothing to change: %n records have this value already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Share %n record(s)</source>
      <translation>
        <numerusform>Share %n record</numerusform>
        <numerusform>Share %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Shared with you by {name}: %n record(s)</source>
      <translation>
        <numerusform>Shared with you by {name}: %n record</numerusform>
        <numerusform>Shared with you by {name}: %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show all %n</source>
      <translation>
        <numerusform>Show all %n</numerusform>
        <numerusform>Show all %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Split again; %n record(s) added since the merge stay where they are.</source>
      <translation>
        <numerusform>Split again; %n record added since the merge stays where it is.</numerusform>
        <numerusform>Split again; %n records added since the merge stay where they are.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Tag %n record(s)</source>
      <translation>
        <numerusform>Tag %n record</numerusform>
        <numerusform>Tag %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That computer gives no sign of life. The database is opened here in %n second(s).</source>
      <translation>
        <numerusform>That computer gives no sign of life. The database is opened here in %n second.</numerusform>
        <numerusform>That computer gives no sign of life. The database is opened here in %n seconds.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The %n selected record(s)</source>
      <translation>
        <numerusform>The %n selected record</numerusform>
        <numerusform>The %n selected records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The database is as it was in {copy}. Every table holds the same rows on both sides: %n row(s).</source>
      <translation>
        <numerusform>The database is as it was in {copy}. Every table holds the same rows on both sides: %n row.</numerusform>
        <numerusform>The database is as it was in {copy}. Every table holds the same rows on both sides: %n rows.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The search index is tidy: %n record(s) as they were before were taken out.</source>
      <translation>
        <numerusform>The search index is tidy: %n record as it was before was taken out.</numerusform>
        <numerusform>The search index is tidy: %n records as they were before were taken out.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Undone, except %n record(s) that were changed again since.</source>
      <translation>
        <numerusform>Undone, except %n record that was changed again since.</numerusform>
        <numerusform>Undone, except %n records that were changed again since.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>after %n minute(s)</source>
      <translation>
        <numerusform>after %n minute</numerusform>
        <numerusform>after %n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>at {at} into {folder}, kept %n day(s)</source>
      <translation>
        <numerusform>at {at} into {folder}, kept %n day</numerusform>
        <numerusform>at {at} into {folder}, kept %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>in %n day(s)</source>
      <translation>
        <numerusform>in %n day</numerusform>
        <numerusform>in %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{change} (after %n day(s))</source>
      <translation>
        <numerusform>{change} (after %n day)</numerusform>
        <numerusform>{change} (after %n days)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{every}, %n time(s)</source>
      <translation>
        <numerusform>{every}, %n time</numerusform>
        <numerusform>{every}, %n times</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{every}, without %n day(s)</source>
      <translation>
        <numerusform>{every}, without %n day</numerusform>
        <numerusform>{every}, without %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{label}: %n opportunity(ies), {money}</source>
      <translation>
        <numerusform>{label}: %n opportunity, {money}</numerusform>
        <numerusform>{label}: %n opportunities, {money}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{stage}: %n opportunity(ies)</source>
      <translation>
        <numerusform>{stage}: %n opportunity</numerusform>
        <numerusform>{stage}: %n opportunities</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{title}, %n waiting</source>
      <translation>
        <numerusform>{title}, %n waiting</numerusform>
        <numerusform>{title}, %n waiting</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{why} (and %n other reason(s))</source>
      <translation>
        <numerusform>{why} (and %n other reason)</numerusform>
        <numerusform>{why} (and %n other reasons)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) becomes “{value}”.</source>
      <translation>
        <numerusform>“{label}” of %n record becomes “{value}”.</numerusform>
        <numerusform>“{label}” of %n records becomes “{value}”.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>“{label}” of %n record(s) will be emptied.</source>
      <translation>
        <numerusform>“{label}” of %n record will be emptied.</numerusform>
        <numerusform>“{label}” of %n records will be emptied.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>“{lose}” was merged into “{keep}”; %n record(s) moved.</source>
      <translation>
        <numerusform>“{lose}” was merged into “{keep}”; %n record moved.</numerusform>
        <numerusform>“{lose}” was merged into “{keep}”; %n records moved.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>… and %n more; --errors FILE writes all of them</source>
      <translation>
        <numerusform>… and %n more; --errors FILE writes all of them</numerusform>
        <numerusform>… and %n more; --errors FILE writes all of them</numerusform>
      </translation>
    </message>
  </context>
</TS>
