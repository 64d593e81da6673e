// What the admin's pages do beyond plain forms; each of them works without it.
import { understandDates } from "./understand.js";

understandDates(document);
