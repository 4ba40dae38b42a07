/** What the suite shows in a trusted workspace. */
import './languages';
import './replication';
import './tasks';
