using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Times;

/// <summary>Layouts that show how the reference time, Mon Jan 2 15:04:05 2006 -0700, is written.</summary>
internal static class TimeLayout
{
    public const string Rfc3339 = "2006-01-02T15:04:05Z07:00";
    public const string Rfc3339Nano = "2006-01-02T15:04:05.999999999Z07:00";

    public static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    /// <summary>Longest first, where one begins with another.</summary>
    private static readonly string[] Elements =
    [
        "January", "Jan", "Monday", "Mon", "MST", "01", "02", "03", "04", "05", "06", "002", "2006", "15", "1", "2", "_2006", "__2", "_2",
        "3", "4", "5", "PM", "pm", "-070000", "-07:00:00", "-0700", "-07:00", "-07", "Z070000", "Z07:00:00", "Z0700", "Z07:00", "Z07",
    ];

    /// <summary>
    /// Takes the next element off a layout: what stands before it, and its name (fractions of seconds: a point or comma and
    /// zeros or nines). An empty name: there is none left.
    /// </summary>
    public static (string Prefix, string Element, string Remainder) Next(string layout)
    {
        for (int i = 0; i < layout.Length; i++)
        {
            string element = ElementAt(layout, i);
            if (element == "_2006")
                return (layout.Substring(0, i + 1), "2006", layout.Substring(i + 5));
            if (element.Length > 0)
                return (layout.Substring(0, i), element, layout.Substring(i + element.Length));
        }

        return (layout, "", "");
    }

    public static bool IsFraction(string element) => element.Length > 1 && (element[0] is '.' or ',');

    public static string Format(Instant time, string layout)
    {
        StringBuilder text = new();
        while (layout.Length > 0)
        {
            (string prefix, string element, layout) = Next(layout);
            text.Append(prefix);
            AppendElement(text, time, element);
        }

        return text.ToString();
    }

    private static string ElementAt(string layout, int index)
    {
        char c = layout[index];
        if ((c is '.' or ',') && index + 1 < layout.Length && (layout[index + 1] is '0' or '9'))
        {
            char digit = layout[index + 1];
            int end = index + 1;
            while (end < layout.Length && layout[end] == digit)
                end++;
            // Followed by a digit it is a part of some number.
            return end < layout.Length && layout[end] is >= '0' and <= '9' ? "" : layout.Substring(index, end - index);
        }

        string best = "";
        foreach (string element in Elements)
        {
            if (element.Length > best.Length && string.CompareOrdinal(layout, index, element, 0, element.Length) == 0)
                best = element;
        }

        // "Jan" inside a word such as Janet is text.
        if ((best is "Jan" or "Mon") && index + 3 < layout.Length && layout[index + 3] is >= 'a' and <= 'z')
            return "";
        return best;
    }

    private static void AppendElement(StringBuilder text, Instant time, string element)
    {
        string Number(long value, int width) => (value < 0 ? "-" : "") + Math.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

        int hour12 = time.Hour % 12 == 0 ? 12 : time.Hour % 12;
        switch (element)
        {
            case "":
                break;
            case "06":
                text.Append(Number(Math.Abs(time.Year % 100), 2));
                break;
            case "2006":
                text.Append(Number(time.Year, 4));
                break;
            case "Jan":
                text.Append(Months[time.Month - 1].Substring(0, 3));
                break;
            case "January":
                text.Append(Months[time.Month - 1]);
                break;
            case "1":
                text.Append(Number(time.Month, 1));
                break;
            case "01":
                text.Append(Number(time.Month, 2));
                break;
            case "Mon":
                text.Append(Days[time.Weekday].Substring(0, 3));
                break;
            case "Monday":
                text.Append(Days[time.Weekday]);
                break;
            case "2":
                text.Append(Number(time.Day, 1));
                break;
            case "_2":
                text.Append(Number(time.Day, 1).PadLeft(2));
                break;
            case "02":
                text.Append(Number(time.Day, 2));
                break;
            case "__2":
                text.Append(Number(time.DayOfYear, 1).PadLeft(3));
                break;
            case "002":
                text.Append(Number(time.DayOfYear, 3));
                break;
            case "15":
                text.Append(Number(time.Hour, 2));
                break;
            case "3":
                text.Append(Number(hour12, 1));
                break;
            case "03":
                text.Append(Number(hour12, 2));
                break;
            case "4":
                text.Append(Number(time.Minute, 1));
                break;
            case "04":
                text.Append(Number(time.Minute, 2));
                break;
            case "5":
                text.Append(Number(time.Second, 1));
                break;
            case "05":
                text.Append(Number(time.Second, 2));
                break;
            case "PM":
                text.Append(time.Hour >= 12 ? "PM" : "AM");
                break;
            case "pm":
                text.Append(time.Hour >= 12 ? "pm" : "am");
                break;
            case "MST":
                text.Append(time.Zone.Length > 0 ? time.Zone : Offset(time.Offset, "-0700"));
                break;
            default:
                if (IsFraction(element))
                    AppendFraction(text, time.Nanoseconds, element);
                else if (element[0] == 'Z')
                    text.Append(time.Offset == 0 ? "Z" : Offset(time.Offset, "-" + element.Substring(1)));
                else
                    text.Append(Offset(time.Offset, element));
                break;
        }
    }

    private static void AppendFraction(StringBuilder text, int nanoseconds, string element)
    {
        string digits = nanoseconds.ToString("000000000", CultureInfo.InvariantCulture);
        digits = digits.Substring(0, Math.Min(9, element.Length - 1)).PadRight(element.Length - 1, '0');
        if (element[1] == '9')
        {
            digits = digits.TrimEnd('0');
            if (digits.Length == 0)
                return;
        }

        text.Append(element[0]).Append(digits);
    }

    private static string Offset(int seconds, string element)
    {
        int absolute = Math.Abs(seconds);
        string colon = element.IndexOf(':') >= 0 ? ":" : "";
        string text = (seconds < 0 ? "-" : "+") + (absolute / 3600).ToString("00", CultureInfo.InvariantCulture);
        if (element.Length > 3)
            text += colon + (absolute / 60 % 60).ToString("00", CultureInfo.InvariantCulture);
        if (element.Length > 6)
            text += colon + (absolute % 60).ToString("00", CultureInfo.InvariantCulture);
        return text;
    }
}
