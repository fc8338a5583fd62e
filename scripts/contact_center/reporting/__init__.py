"""The report: one HTML file of the published figures, that opens from disk.

    data        what the marts say of a period; averages and rates as metric_catalog defines them
    sections    what the report shows, in its order
    pictures    their drawings, as SVG
    words       the report's own words, in English and Chinese
    page        the HTML of all of it (page.html.j2, page.css)
"""
