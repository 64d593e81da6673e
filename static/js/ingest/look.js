import { understandDates } from "../admin/understand.js";

understandDates(document);
