// Worker threads do not inherit the loader of the process that starts them.
import { register } from "tsx/esm/api";

register();
