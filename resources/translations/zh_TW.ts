<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
  <context>
    <name />
    <message>
      <source> and </source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their envelopes stay blank.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) are empty; their labels stay blank.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n address(es) have no postcode of six digits; their boxes stay empty.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) hold an error such as #DIV/0!</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cell(s) were too long for the paper; their end was cut off.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) idle</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n day(s) late</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n deleted record(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n missed reminder(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more reminder(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n note(s) before you print</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n opportunity(ies)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n problem(s) found. Make a backup before anything else, and ask whoever looks after the program.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n recipient(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) assigned</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) changed</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) moved to the recycle bin</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) restored</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) tagged</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) taken back</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) were changed again since and kept.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n record(s) written to {file}</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n refused row(s) written to {file}. Correct them there and import that file.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n reminder(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) left out as titles, sub-headings or totals</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) of data</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n row(s) written to {file}</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>%n selected</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>(nobody)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>(none)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1 of 3: Which file?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>1. Both lines should be as long as written. Enter what you measured as their lengths.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>12 months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>2 of 3: Which column goes where?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>2. The corner where they meet should be 20 mm from the left and the upper edge of the paper.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3 months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>3 of 3: What will happen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>6 months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A department cannot be part of itself.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A follow-up counts for the person who wrote it down, whoever owns the customer now.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A form made with Qt Designer and put into {folder} takes the place of the shipped one of the same name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A line of 100 mm cannot have become {length} mm. Measure it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A name is enough; the rest can come later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A quotation mark in line {line} of “{file}” is never closed. Close or delete it and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A row is a known record when it has the same</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A safe connection to {host} was not possible. Check the certificate and the server's name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A sheet can have at most {most} labels.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>A sheet needs at least one row and column, and sizes above 0 mm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>About</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Active</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add a tag</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add new records and update known ones</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the first one, or import a workbook.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add the first one: a customer, an amount and the next step are enough.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Add your first customer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Address labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>After a Chinese name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Alignment</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All departments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All tasks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>All time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Also an opportunity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Amount and weighted amount of the open opportunities, by the month they are expected to close.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An empty cell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>An opportunity cannot go back from “{stage}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another computer is just bringing the database up to date. Try again in a few minutes.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Another time…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Area</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Arrange cards</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As on the first day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As the system</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>As {name} sees it on {moment}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Assign</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Assign %n record(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Assigned</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>At least one column stays.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back at work</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Back to the shipped one</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Background</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Basics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Between 1 and {most} copies of a label can be printed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Birthday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Board</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Board or list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Boxes from the top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Brand, number or size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>By the script of the address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CRM Desktop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>CRM Desktop: customers, opportunities, contracts and calendar of a sales team.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calendar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calendar: {view}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibrate the printer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibrate…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Calibration page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Call</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Came this far</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancel task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cancelled</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cards</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Category</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Cause</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Centred</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Change %n record(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Change a field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the filter, or add what is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Change the person at this desk…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changed by two people</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Changes: {fields}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Check the rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Chinese, with postcode boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a file first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a file…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a stage.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose a time that is still to come.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose one of the offered fronts and feed directions.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose the customer or the lead this is about.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose what kind of value the field holds.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Choose why the opportunity was lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>City</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>City (part of the address)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Clear</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close the contract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Close view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closed on {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Closing this month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Colour by person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Column</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Column headings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Columns are mapped by their headings, in Chinese or English, as the window would. Prints how many rows were new, changed, unchanged and refused, and the number of the batch, by which the import can be undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Comfortable</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Compact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Company</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Competitor</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conditions</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contact log</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contacts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contacts overdue</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Content</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contract ends: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contract number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contract type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contracts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contracts ending</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Contracts ending in 30 days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conversion</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Conversion: of the opportunities that came at least as far as the stage before, the share that came to this one. Counted by the furthest stage each opportunity ever reached, so a lost one counts up to where it was lost; void ones do not count.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convert</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Convert the lead {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Converted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Converted to</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Copies of each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Corner from the left edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Corner from the upper edge</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Count and money per stage, and the conversion from each stage to the next.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Country</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Country (part of the address)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Created</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Created at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Created by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Custom field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Custom fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customer code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customer name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Customers to contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dark or light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Data scope</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Date and time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days until marked as idle</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days without a change</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Days, times and custom fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Defer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deferred</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Delete this view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Deleted at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Department</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Department there</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Department: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Departments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Description</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Detach</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Did not take place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disqualified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Disqualify</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>District</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>District (part of the address)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dock here</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Done with result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Dormant</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Draft</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Due today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>E-mail</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Edit this cell</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Employee</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Employees</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Encoding</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ending within 30 days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ends on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>English label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>English name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Envelope</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Envelopes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Events</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Events today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Every row was refused. The first reason: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everybody</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Everything stays in a file on this computer. You can change these answers later in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel (.xlsx, .xls, .xlsb), OpenDocument (.ods) or text tables (.csv, .txt)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel or CSV: the columns are recognised, nothing is written before you have seen it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Excel workbook (.xlsx)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Existing: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expected close</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Expected close: {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Export the list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Exporting…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Family name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fax</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Feed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fields</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Figures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter this board</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Filter this list</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Find a command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First box from the left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>First name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Focus the dock before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Focus the next dock</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fold or unfold the sidebar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Fold the sidebar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Folder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Follow-up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Follow-ups</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Follow-ups by person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For instance</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>For printing saved PDF files</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Forget a layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Form of address (Mr., 先生)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Found by search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From box to box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From label to label, across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>From label to label, down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Front</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Furthest stage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Gender</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Go to {view}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Goes into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Good afternoon, {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Good evening, {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Good morning, {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Group by</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Has left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Height of a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hired on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Hits</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How often each person called, visited or wrote.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>How to reach them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Id</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Import %n row(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Import a workbook</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import a workbook…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Import into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Imported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In 1 hour</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In 15 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In 5 minutes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In process</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In this stage now</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In this stage since</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>In use</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Industry</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It exists already and belongs to {owner}. Ask for access, or leave the row out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It exists already, and only new ones are to be imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>It exists already, and you may not see it. Leave the row out.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Job title</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal: {count} acts have no lines; they cannot be undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal: {count} lines belong to no act.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal: {count} lines tell of records that are gone ({kind}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Journal: {count} lines tell of unknown kinds of record.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key decision maker</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Key decision makers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Keys and people</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kind</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Kinds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label {number}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label {number}, already used</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Label {number}, the first to be printed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Labels and envelopes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Language and look</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last 12 months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last quarter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Last year</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Late</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Later</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Layouts…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lead</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leads</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Leads to contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left margin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Left the company</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Length of the line across</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Length of the line down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Level</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Level A</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Light</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Links to other records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>List</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Loading…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Local file</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Log a call</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Long edge on top</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Long text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Look around with sample data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Looks at the database file, tables, links, owners, states, numbers, journal and search index, and changes nothing. Exit code 0: all is well.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lost reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lost reasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Lost…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Make a contract from it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Manager</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map a column to “{field}”: every record needs it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Map at least one column.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as completed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as lost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as qualified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mark as signed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>May go back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Measure the boxes on one of your envelopes, from its left and upper edge.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Meeting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Method</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Middle name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mine</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mobile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Money and chances</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Money and dates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Months</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>More views</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move to “{stage}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move “{title}” down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Move “{title}” up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved by {x} mm to the right and {y} mm down, scaled to {across} % and {down} %.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Moved to {when}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Mr.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Ms.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>My settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name either a folder with --data or a server with --database, not both.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name of the view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Name the kind of record and the sheet: crm-desktop import customer customers.xlsx</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Navigation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Needs attention</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New contract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New customer: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New customers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New event</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New opportunity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New owner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New shortcut</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>New {one}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next Monday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next Monday 09:00</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next run</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next step on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next step: {step}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Next steps due</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No backup could be made in {folder}, so nothing was changed. Make room there and try again.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>No change for %n day(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>No column goes into “{label}”, which every record needs. Map one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No column is mapped to a field. Map at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No computer named {host} was found. Check the name of the server and your network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No correction.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No date</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No entry is selected.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>No font on this PC has the character “{character}” (U+{code}): %n place(s) show 〓 or nothing instead.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>No next step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No opportunities yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No printer: save a PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No row is refused.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No row would be added or changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No rows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>No {records} yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nobody in this database may sign in. Open the window and add an employee.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>None</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not grouped</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not held</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not imported</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not possible in the state “{state}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Not started</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Note</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Notes on this print</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing found for “{words}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing happened yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing has been changed yet. This is what the import would do.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing is waiting for you today.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing matches</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Nothing selected</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Number of days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>OK</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Of the first stage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Off for envelopes that have the boxes printed on them already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On leave</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>On sale</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One person…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>One row for each</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only add new records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only an administrator changes the name of the company.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only my own</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only the person who made this change can undo it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Only update known records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open opportunities only, in the month of their expected close; those of earlier months are late.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open opportunities that have no date for a next step.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open opportunities without a change for longer than their stage allows.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open pipeline, weighted</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open the list of customers, contacts or leads and select rows first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open {amount}  ·  Weighted {weighted}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Open: {count}, {money}, weighted {weighted}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operations</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Operator</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opportunities</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opportunities that are lost now and were closed in the period.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Opportunity</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Outcome</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own label sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Own sheet…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Owner</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Owner: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Owners</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Owners and departments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>PDF files (*.pdf)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Page {page} of {pages}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paper</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paper height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Paper width</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Part of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pending signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>People: all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>People: {shown} of {all}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Percent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Period</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Personal</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Phone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picklist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picklist value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picklists</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pipeline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Pipeline: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Place</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan a visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Plan again</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Planned</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Position…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Postcode</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Postcode boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Press the new keys:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Preview</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Previous page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Price</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Primary contact</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print address labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print an envelope</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print envelopes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print it at 100 % (“actual size”), then measure with a ruler.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print labels</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print test page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print the frame for the stamp</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print the outlines of the labels (for a test)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print the postcode boxes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print the sender</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Print the test page on plain paper of the same size, at 100 %. Measure it with a ruler and enter what you find. Print it once more to check.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Printed parts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Printer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Printer: {printer}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Priority</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Probability</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Problems were found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Product</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Product code</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Products</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Profile</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Progress</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Province</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Province (part of the address)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Put a visit into the calendar</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Qualified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Quit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading {file}…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reading “{file}” took too long and was stopped. The file may be damaged.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reason</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Record type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Recycle bin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Refused</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remind at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remind days before the end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remind me</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remind me at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remind minutes before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reminder</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reminders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Remove this condition</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rename…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reopen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Report</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reports are written as {formats}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Required</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Reset layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Restore</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Result</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rights level</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rings at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Role</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Role right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Role rights</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Roles</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row height</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row of the headings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Row {row} holds the same record already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Rows cannot be matched on “{name}”: no column goes into it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Running numbers</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sales funnel</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Same days of last month: {value}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save PDF</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save PDF…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save a new view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save a report…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save and new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the list as it is now into this view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the record first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save the refused rows…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save this layout</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Save this layout…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Saved as {path}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Say who you are with --as. Name one of: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Schedule</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scheduled export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Scheduled exports</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search customers, phones, contracts, or type a command…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search index</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Search or run a command</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select a row in a list to see its details here. Up and Down keep working in the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select the records to print for first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Select the records to restore first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Send for signature</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sender</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sent to {printer}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Settings</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shared database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shared with everybody</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shared with role</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shift down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shift to the right</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Short name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shortcut</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shortcuts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shortcuts…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show all</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Show all %n</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Show everyone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show fewer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show lost and void ones</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show or hide the details</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show records for which all of this holds</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show reminders</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show this day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Show {view} beside this view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Shown first</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signatures</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed by month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed by the customer</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed by us</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Signed this month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Snooze</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Snoozed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Somebody else is changing the same data and has not finished. Try again in a minute.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Something in the program went wrong. Your data is safe; what you did last may not be saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Source</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stage</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stage type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stages</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Standard pipeline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Star</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starred</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Start working</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Started at {moment}, not finished yet.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starts at</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Starts on</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>State</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>States and picklist values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Status</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Still open</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. Nothing was changed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. Nothing was imported.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Stopped. Nothing was saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Street (part of the address)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Street, second line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Street, third line</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tables</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tables and indexes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tag</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Tag %n record(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Tags</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tags, products and other lists of records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take away {tag}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Take the star away</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Task</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tasks</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tasks due</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tax number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Terminated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text size</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text table, GB18030 (.csv)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Text table, UTF-8 (.csv)</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>The %n selected record(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>The account {user} may not do this on {host}. Ask whoever looks after the server.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The account {user} may not use the database {name} on {host}. Ask whoever looks after the server.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address of “{who}” is too long for this envelope; its end was cut off. Choose a larger envelope.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The address of “{who}” is too long for this label; its end was cut off. Choose a larger label.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The amount {value} is too large.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The best hits come first. With --json each line has type, id, title, sub.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The cell holds {error}, an error of the workbook. Mend the formula or empty the cell.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The certificate {file} could not be read. Check the name of the file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The columns as shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The condition on “{name}” cannot be used. Set it anew.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection to the server was lost while saving, and it is not certain whether the change was saved. Look at the record again before you repeat it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The connection to {host} was lost. Check your network and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The contract ends before it starts. Check the two dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The counter of {prefix}… stands at {value}, but {highest} has been given.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The data lies in {folder} unless --data or --database say otherwise.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database itself</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database {file} is damaged. Restore the latest backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The database {file} is in use by another program. Close that program and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The dates of “{column}” may mean day/month or month/day. Say which with --dates dmy or --dates mdy.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk of the server {host} is full, so nothing was saved. Ask whoever looks after it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The disk with {file} is full, so nothing was saved. Make room on it and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The end of a contract changes in the contract.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The event ends before it starts. Check the two times.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The export stopped because of an error in the program. The log has the details.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The export was stopped; no file was written.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file could not be written to {folder}: {reason}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file is damaged: {problem}. Restore the last backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file must end in .xlsx or .csv.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The file {file} is empty; what was in it is lost. Restore a backup, or delete it to start afresh.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The first {shown} of {all} are shown.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} cannot be made, because a file has that name. Choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} does not exist. Create it, or choose another one for this export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder {folder} holds too many exports of this day. Tidy it up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The folder “{folder}” does not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The form file {file} cannot be used: {why} The shipped form is shown instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The import has been undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The import is one step: it can be undone as a whole, here or with Ctrl+Z.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The kind of a field cannot change, because values are stored. Add a new field.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels do not fit the page: they stand {right} mm over its right and {bottom} mm over its lower edge.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels overlap: the horizontal pitch is smaller than the label width.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The labels overlap: the vertical pitch is smaller than the label height.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The lead is now a customer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pages are being made…</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The pages could not be made.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The period ends before it begins. Check the two days.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The postcode boxes must lie inside the {width} × {height} mm zone at the top left.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The postcode boxes overlap: the pitch must be at least the width of a box.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The print would be moved by more than {most} mm. Measure again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The printer “{printer}” did not take the pages: {reason} Save a PDF instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The printer “{printer}” does not answer. Check that it is on, or save a PDF instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The printer “{printer}” is not there any more. Choose another one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The program fills this in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The program reminds you in time.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The record is in the recycle bin. Restore it first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The recycle bin is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sender's address is too long for this envelope; its end was cut off.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} does not accept this user name and password. Check both and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} does not answer on port {port}. Check that it runs and that you are on its network.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} does not let this computer in. Ask whoever looks after the server.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} has too many connections. Try again in a minute.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} is read-only at the moment, so nothing was saved. Try again later.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The server {host} is too old ({version}). MariaDB 10.4 or MySQL 8.0.17 is needed.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet has no column “{column}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet has {count} labels; start at one of them.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} columns. Delete what lies to the right of the table, also single stray cells, and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet “{sheet}” has more than {most:,} rows. Split it into several files.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet “{sheet}” is damaged and cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The sheet “{sheet}” is empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The state changes with the buttons of the record, not by editing it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The state is now “{state}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The stored label sheet is incomplete. Choose a sheet again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The table {table} is damaged: {problem}. Restore the last backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The tables are not as this version makes them: {problem}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The user name “{login}” is taken. Choose another.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The view was deleted.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The view was saved.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The whole list as filtered</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The year {year} is out of range: 1900 to 2199.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>The {what} chosen does not exist, or you may not see it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Theme</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There are no tags yet. Add some in the settings.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no column to write. Choose at least one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no database {name} on {host}. Ask whoever looks after the server to create it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no envelope “{key}”. Choose one from the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no field “{name}” to export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no field “{name}” to import into.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no field “{name}”. The fields are: {fields}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no file format “{format}”. Choose one of: {formats}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no kind of record “{word}”. Name one of: {types}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no label sheet “{key}”. Choose one from the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no report “{key}”. Choose one of: {keys}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room left on the disk for reading “{file}”. Free some space and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room left on the disk for “{file}”. Free some space and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no room left where {folder} is. Make room there and run the export again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no screen to show a window on. Start the program from a desktop, or use a command: --help.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no sheet “{sheet}”. The sheets are: {sheets}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no such change to undo.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no user “{who}”. Name one of: {names}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no view “{view}”. The views are: {views}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is no way of importing “{mode}”. Choose one of: {modes}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nobody to print a label for. Select customers or contacts first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nobody to print an envelope for. Select customers or contacts first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is none yet, and only existing ones are to be updated.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>There is nothing to undo.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This PC has no printer. Save a PDF instead.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This change has been undone already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This database belongs to another program. Choose an empty one or another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This database was used by a newer version of the program. Update the program on this computer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This did not work because of a mistake in the program. It was written to the log.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This field cannot be changed for many records at once.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This file cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is a mistake in the program. What happened is written in {file}; please send it to whoever looks after the program.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is more data than the server {host} takes at once. Use a smaller file or text.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This is not the address of a database. It looks like mysql://user:password@server:3306/crm.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This lead has been converted already.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This must be at least {least}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This must be at most {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This page fills with figures and things to do as you work.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This quarter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This record always has the owner of the record it belongs to. Assign that one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This record does not exist, or you may not see it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This text has {length} characters; at most {most} fit. Shorten it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This view belongs to somebody else. Save it under a name of your own.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This view filters by “{name}”, which no longer exists. Remove that condition.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>This year</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Three steps to begin with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time of day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Time zone</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Timeline</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Title</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To contact today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>To update existing records, choose the fields by which they are found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tomorrow</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Tomorrow 09:00</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Top margin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Topics</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Total</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Total {amount}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Traditional Chinese label</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turned left by 90°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Turned right by 90°</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Two columns go into “{name}”: “{first}” and “{second}”. Choose one.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Type</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unchanged</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo the import</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Undo the last change</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>Undone, except %n record(s) that were changed again since.</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>Undone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Unit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Upside down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Urgent</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use it</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use these values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Use this sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>User name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Value</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Values</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verdict</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Verdicts</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>View: {name}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Views</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Visit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Void</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Waiting too long</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>WeChat</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Web address</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Website</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Week</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weekdays</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weekdays are digits from 1 (Monday) to 7 (Sunday).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weighted amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weighted forecast</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weighted share</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Weighted: amount × probability, rounded half up to the cent for each opportunity, then added up.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Welcome to CRM Desktop</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Western</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What comes next for “{name}”?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What happened</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What to do</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What we learned</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>What you delete lands here and can be restored.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When and where</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>When lost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>While the program was closed or asleep:</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Who works here?</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole number</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Whole page</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why disqualified</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Why opportunities were lost, by count and money.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Width of a box</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Win rate</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Win rate {rate}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Win rate: won ones among all that were won or lost.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>With whom</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without a command it opens its window; with one it does that and ends.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Without next step</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Won</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Won amount</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Won this month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Won: {count}, {money}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Workbench</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write both ends of “between” with two dots: 2026-01-01..2026-03-31.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write down the first call or visit.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write the time like 08:00.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write what happened, Ctrl+Enter saves</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Write your name, so that records can belong to you.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Written: {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yes or no</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Yesterday</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You are not allowed to use {file}. Ask whoever looks after this computer for access.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You lack the right to {operation} {records}. An administrator can grant it under Settings &gt; Roles.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>You may not write into the folder {folder}. Choose another one for this export.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Your own forms</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>Zoom out</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a JSON file: column heading → field name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a PDF document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a calendar (iCalendar)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a database</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a file of another program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a folder “forms” beside your data</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a list of contact cards (vCard)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a mail message</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a packed archive</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a picture</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a picture or recording</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a presentation</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a program</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a shared database: mysql://user:password@server:3306/name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text document</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a text document (RTF)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>a web page; open it in Excel or WPS and save it as .xlsx</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>add</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>all records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>an XML file; open it in Excel or WPS and save it as .xlsx</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>argument %(argument_name)s: %(message)s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>as last month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>assign</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at most so many hits (20)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>at most so many records; 0 for all</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>batch: {batch}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>begins with</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>bring records in from a sheet (.xlsx, .xls, .ods, .csv)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>colours of the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>columns that go nowhere: {columns}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>commands</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>conditions, written in quotation marks:
  level=A              is; several: level=A,B       level!=C           is not
  name~华为            contains                     name^=北京         begins with
  amount&gt;=50000        also &gt; &lt; &lt;=                  next_contact_on&lt;2026-11-30
  owner=me             mine                         phone empty        nothing in it; also: filled
  due_on today         also: past, this_month, next_days 7, last_days 30, between 2026-01-01..2026-03-31</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>contains</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>data and person</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>delete</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>down</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>edit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>empties the field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>expected one argument</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>export</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>fields by which a row finds the record it means; “none”: every row is new</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>find records by part of a name, phone or number, in Chinese, pinyin or initials</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>folder of the data; made when it does not exist</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has none of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>has one of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>how days like 3/4/2026 are written</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>import</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>in %n day(s)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>invalid %(type)s value: %(value)r</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>invalid choice: %(value)r (choose from %(choices)s)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is after</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is at least</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is at most</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is before</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is before today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is between</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is empty</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is filled in</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is in this month</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is me</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is no</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is none of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is not</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is one of</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is within the last … days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is within the next … days</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>is yes</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it has a widget this program does not know ({detail}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>it is damaged or was not made by Qt Designer.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>its id, code, number or whole name</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>kept {id}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>kind of record: customer, contact, lead …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>language of all that is shown</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>leaves the field as it is</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>look whether the data is whole</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>mm</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>new: {new}, changed: {changed}, unchanged: {unchanged}, refused: {refused}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>none yet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>not allowed with argument %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>nothing: every row is a new record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of a .csv</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>of a .csv, when it is not found rightly: utf-8, gb18030 …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only records that fit; may be repeated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only records that hold these words, as the search finds them</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only tell what would happen</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>only this kind of record; may be repeated</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>options</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>order by these fields, separated by commas; -field for descending</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>own department</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>own department and those below</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>own records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>own records and those of subordinates</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>paint a view into a PNG file and end</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>positional arguments</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>print JSON, one object a line; keys are field names</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>print all of one record</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>print records</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>refused rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>row of the headings; 0 for none; found if not given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>row {row}: {reason}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>show program's version number and exit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>show this help message and exit</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>size of the window in pixels, such as 1440x900</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>start from a saved view</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>start on a demo company; in a throw-away folder unless --data is given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>take an import back</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the file to write; its ending says the format</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the following arguments are required: %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the required field “{name}” is missing.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sheet</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the sheet of the workbook; the first filled one if not given</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the view to open: workbench, customers, opportunities, calendar …</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>the window</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>these fields, separated by commas</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>unrecognized arguments: %s</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>up</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>usage: </source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>user name, name or number of who does this</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>values in JSON: texts as they are; numbers as numbers; amounts as text with two places ("1234.50"); days "2026-11-30";
times in UTC "2026-11-30T08:05:00Z"; yes and no as true and false; picklists and states by their key; another record as
{"id": "…", "title": "…"}, several as a list of these; nothing as null. Ids are texts of digits: they are longer than
many programs' numbers.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what an empty cell does to a field</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what may happen to rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>what to look for</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>write records to a sheet (.xlsx or .csv)</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>write the refused rows there, with the reasons</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{amount} this quarter</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{basis}: {period}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{columns} × {rows} labels, {width} × {height} mm, on {page_width} × {page_height} mm paper</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{column} goes into</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{column}: {problem}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{content}
Next contact: {day}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} records match this row. Match on more fields, or merge them first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} to contact today</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{count} {records}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{customer} · {owner}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{days} d</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}, all day</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}, {entries}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{day}, {time}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done} of {total}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done} of {total} rows</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{done}; {count} refused: {why}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} cannot be written to. Allow writing to it and its folder, or choose another folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} could not be opened. Check that its folder exists and that you may write to it.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} could not be read or written. Check the disk it is on, then try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} could not be written: {reason}. Check the folder and the space on the disk.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is a folder, not a database file. Choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is encrypted and cannot be opened here. Choose another file, or restore a backup.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{file} is not a database of this program. Choose another file or folder.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{first} to {last}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{keys} already belongs to “{command}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} are not found by all their words.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: of {sample} looked at, {count} stand in the wrong place of the list.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: search still knows {count} records that are gone.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: the custom fields of {count} records cannot be read.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: the owner of {count} records is no employee.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} records are in the unknown state “{value}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} records are not found by search.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} records belong to one in the recycle bin ({parents}).</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} records have another owner than their “{leader}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} records lie in another department than their owner.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: {count} values of “{field}” are no dates.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: “{field}” names {count} records that do not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records is “{value}”, which is not in the picklist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{kind}: “{field}” of {count} records names a record that does not exist.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{label}:</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{label}: %n opportunity(ies), {money}</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{label}: all is well</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name} has left the company and cannot sign in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: first order</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: written to {file}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{name}: {why}</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} added</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} assigned</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} moved to the recycle bin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one} restored</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{one}: state changed</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{opportunity} contract</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{period} ({days})</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{problem}. See “{program} --help”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{sign} {amount} hundred million</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{sign} {amount} ten thousand</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>{stage}: %n opportunity(ies)</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message numerus="yes">
      <source>{title}, %n waiting</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
    <message>
      <source>{value} is out of range: {least} to {most}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>{who} changed this record meanwhile. Compare the two and decide which to keep.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“crm-desktop COMMAND --help” explains a command. Exit codes: 0 done, 1 refused or invalid, 2 wrong usage.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{condition}” is not a condition. Write it like level=A or next_contact_on&lt;2026-11-30.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” cannot be opened: {problem}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” cannot be written: it is open in another program or the folder is read-only. Close it, or choose another name.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” could not be written: {problem}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” has no sheet “{sheet}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is damaged and cannot be read. Open it in its own program and save it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is empty.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is not JSON. Write it like {example}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is not a table but {what}. Choose an Excel, OpenDocument, CSV or text file.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is not written in {encoding}. Choose another encoding.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is protected by a password. Open it in Excel or WPS, save a copy without password, and import that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” is too large to read. Split it, or save it as .csv and import that.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” was changed while it was being read. Close it in the other program and try again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” was not found.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{file}” was written by a very old Excel. Open it in Excel or WPS and save it as .xlsx.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{label}” is filled in by the program or needs the form.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{label}” must be filled in.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{move}” is not possible in the state “{state}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” cannot be asked with “{operator}”. Possible are: {operators}.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” is no field of this record.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” is won</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” moved to the recycle bin</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” moved to “{stage}”</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{name}” was lost</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{path}” could not be written: {reason} Choose another folder or close the program that has it open.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{title}” is done</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{title}” was changed again since; the newer values were kept.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” can be read as day/month or as month/day. Choose the order of dates for the column “{column}”.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is a number the spreadsheet has shortened; its digits are lost. Format the column as text and enter it again.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is neither yes nor no.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a choice for this report.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a date.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a date. Write it like 2026-11-30.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a period. Write it like 2026-01-01/2026-03-31.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a state of this record.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a time of day.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a time. Write it like 2026-11-30 15:30.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not a whole number.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not an amount. Write it like 12,500.00.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not an e-mail address. Write it like name@company.com.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” is not in the list. Choose a listed value or add it to the list first.</source>
      <translation type="unfinished" />
    </message>
    <message>
      <source>“{value}” was not found, or more than one has this name.</source>
      <translation type="unfinished" />
    </message>
    <message numerus="yes">
      <source>… and %n more; --errors FILE writes all of them</source>
      <translation type="unfinished">
        <numerusform />
      </translation>
    </message>
  </context>
</TS>
