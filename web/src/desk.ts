// Small enhancements for every desk page. Nothing here is needed: without script each page works with links and forms.
import { confirmForms } from "./desk/confirm";
import { flashes } from "./desk/flashes";
import { keys } from "./desk/keys";
import { lists } from "./desk/lists";
import { palette } from "./desk/palette";
import { reorder } from "./desk/reorder";
import { relativeTimes } from "./desk/times";

confirmForms();
flashes();
keys();
lists();
palette();
reorder();
relativeTimes();
