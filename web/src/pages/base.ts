/** The stylesheet alone, for the pages that are only read. */
import '../base.css'
