"""The parts every view is put together from: buttons, lists, editors, headers and the painting they share."""
