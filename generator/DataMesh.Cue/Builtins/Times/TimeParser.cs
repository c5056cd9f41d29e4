using System.Globalization;

namespace DataMesh.Cue.Builtins.Times;

/// <summary>Reads a time by a layout.</summary>
internal sealed class TimeParser
{
    private readonly string _layout;
    private readonly string _text;
    private string _value;
    private string? _range;
    private long _year;
    private int _month = -1;
    private int _day = -1;
    private int _dayOfYear = -1;
    private int _hour;
    private int _minute;
    private int _second;
    private int _nanoseconds;
    private bool? _isAfternoon;
    private int? _offset;
    private string _zone = "";
    private bool _isUtc;

    private TimeParser(string layout, string text)
    {
        _layout = layout;
        _text = text;
        _value = text;
    }

    public static Instant Parse(string layout, string text) => new TimeParser(layout, text).Run();

    private Instant Run()
    {
        string layout = _layout;
        while (true)
        {
            (string prefix, string element, string rest) = TimeLayout.Next(layout);
            string wanted = layout.Substring(prefix.Length, layout.Length - prefix.Length - rest.Length);
            if (!SkipPrefix(prefix))
                throw Mismatch(_value, prefix);
            if (element.Length == 0)
            {
                if (_value.Length != 0)
                    throw new BuiltinException($"parsing time {Quote(_text)}: extra text: {Quote(_value)}");
                break;
            }

            layout = rest;
            string hold = _value;
            if (!Read(element, rest))
                throw Mismatch(hold, wanted);
            if (_range is not null)
                throw new BuiltinException($"parsing time {Quote(_text)}: {_range} out of range");
        }

        return Finish();
    }

    private Instant Finish()
    {
        if (_isAfternoon == true && _hour < 12)
            _hour += 12;
        else if (_isAfternoon == false && _hour == 12)
            _hour = 0;

        if (_dayOfYear >= 0)
            ResolveDayOfYear();
        else
            (_month, _day) = (_month < 0 ? 1 : _month, _day < 0 ? 1 : _day);
        if (_day < 1 || _day > Instant.DaysIn(_month, _year))
            throw new BuiltinException($"parsing time {Quote(_text)}: day out of range");

        long seconds = (Instant.ToDays(_year, _month, _day) * Instant.SecondsPerDay) + (_hour * 3600) + (_minute * 60) + _second;
        if (_isUtc || (_offset is null && _zone.Length == 0))
            return new(seconds, _nanoseconds);
        if (_offset is { } offset)
            return new(seconds - offset, _nanoseconds, offset, offset == 0 && _zone.Length == 0 ? "UTC" : _zone);
        // An abbreviation without an offset stands for UTC with that name, except that GMT+3 says its own.
        int zoneOffset = _zone.Length > 3 && _zone.StartsWith("GMT", StringComparison.Ordinal)
            && int.TryParse(_zone.Substring(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int hours)
            ? hours * 3600
            : 0;
        return new(seconds - zoneOffset, _nanoseconds, zoneOffset, _zone);
    }

    private void ResolveDayOfYear()
    {
        if (_dayOfYear < 1 || _dayOfYear > (Instant.IsLeap(_year) ? 366 : 365))
            throw new BuiltinException($"parsing time {Quote(_text)}: day-of-year out of range");
        int month = 1, day = _dayOfYear;
        while (day > Instant.DaysIn(month, _year))
            day -= Instant.DaysIn(month++, _year);
        if ((_month >= 0 && _month != month) || (_day >= 0 && _day != day))
            throw new BuiltinException($"parsing time {Quote(_text)}: day-of-year does not match {(_month >= 0 && _month != month ? "month" : "day")}");
        (_month, _day) = (month, day);
    }

    private BuiltinException Mismatch(string value, string element) =>
        new($"parsing time {Quote(_text)} as {Quote(_layout)}: cannot parse {Quote(value)} as {Quote(element)}");

    private static string Quote(string text) => Conversion.QuotedText.QuoteBytes(text);

    /// <summary>A blank of the layout stands for any number of blanks.</summary>
    private bool SkipPrefix(string prefix)
    {
        while (prefix.Length > 0)
        {
            if (prefix[0] == ' ')
            {
                if (_value.Length > 0 && _value[0] != ' ')
                    return false;
                prefix = prefix.TrimStart(' ');
                _value = _value.TrimStart(' ');
                continue;
            }

            if (_value.Length == 0 || _value[0] != prefix[0])
                return false;
            prefix = prefix.Substring(1);
            _value = _value.Substring(1);
        }

        return true;
    }

    private bool Read(string element, string layoutRest)
    {
        switch (element)
        {
            case "06":
                if (!ReadDigits(2, out int shortYear))
                    return false;
                _year = shortYear >= 69 ? shortYear + 1900 : shortYear + 2000;
                return true;
            case "2006":
                if (!ReadDigits(4, out int year))
                    return false;
                _year = year;
                return true;
            case "Jan" or "January":
                return ReadName(TimeLayout.Months, element == "Jan", out _month) && ++_month > 0;
            case "1" or "01":
                return ReadNumber(element == "01", out _month) && InRange("month", _month is >= 1 and <= 12);
            case "Mon" or "Monday":
                return ReadName(TimeLayout.Days, element == "Mon", out _);
            case "2" or "_2" or "02":
                if (element == "_2" && _value.StartsWith(" ", StringComparison.Ordinal))
                    _value = _value.Substring(1);
                return ReadNumber(element == "02", out _day);
            case "__2":
                for (int i = 0; i < 2 && _value.StartsWith(" ", StringComparison.Ordinal); i++)
                    _value = _value.Substring(1);
                return ReadUpTo3(isFixed: false, out _dayOfYear);
            case "002":
                return ReadUpTo3(isFixed: true, out _dayOfYear);
            case "15":
                return ReadNumber(isFixed: false, out _hour) && InRange("hour", _hour < 24);
            case "3" or "03":
                return ReadNumber(element == "03", out _hour) && InRange("hour", _hour <= 12);
            case "4" or "04":
                return ReadNumber(element == "04", out _minute) && InRange("minute", _minute < 60);
            case "5" or "05":
                return ReadNumber(element == "05", out _second) && InRange("second", _second < 60) && ReadUnannouncedFraction(layoutRest);
            case "PM" or "pm":
                return ReadHalf(element);
            case "MST":
                return ReadZoneName();
            default:
                return TimeLayout.IsFraction(element) ? ReadFraction(element) : ReadOffset(element);
        }
    }

    private bool InRange(string what, bool isIn)
    {
        if (!isIn)
            _range ??= what;
        return true;
    }

    private bool ReadDigits(int count, out int number)
    {
        number = 0;
        if (_value.Length < count || !_value.Take(count).All(IsDigit))
            return false;
        number = int.Parse(_value.Substring(0, count), CultureInfo.InvariantCulture);
        _value = _value.Substring(count);
        return true;
    }

    /// <summary>One or two digits; exactly two when fixed.</summary>
    private bool ReadNumber(bool isFixed, out int number)
    {
        number = 0;
        if (_value.Length == 0 || !IsDigit(_value[0]))
            return false;
        bool hasTwo = _value.Length > 1 && IsDigit(_value[1]);
        return (hasTwo || !isFixed) && ReadDigits(hasTwo ? 2 : 1, out number);
    }

    private bool ReadUpTo3(bool isFixed, out int number)
    {
        int count = _value.Take(3).TakeWhile(IsDigit).Count();
        number = 0;
        return count > 0 && (count == 3 || !isFixed) && ReadDigits(count, out number);
    }

    private bool ReadName(string[] names, bool isShort, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            string name = isShort ? names[index].Substring(0, 3) : names[index];
            if (_value.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                _value = _value.Substring(name.Length);
                return true;
            }
        }

        return false;
    }

    private bool ReadHalf(string element)
    {
        if (_value.Length < 2)
            return false;
        string half = _value.Substring(0, 2);
        string morning = element == "PM" ? "AM" : "am";
        if (half != element && half != morning)
            return false;
        _isAfternoon = half == element;
        _value = _value.Substring(2);
        return true;
    }

    /// <summary>A fraction may follow the seconds although the layout has none.</summary>
    private bool ReadUnannouncedFraction(string layoutRest)
    {
        if (_value.Length < 2 || !(_value[0] is '.' or ',') || !IsDigit(_value[1]))
            return true;
        (_, string next, _) = TimeLayout.Next(layoutRest);
        if (TimeLayout.IsFraction(next))
            return true;
        int end = 1;
        while (end < _value.Length && IsDigit(_value[end]))
            end++;
        SetNanoseconds(_value.Substring(1, end - 1));
        _value = _value.Substring(end);
        return true;
    }

    private bool ReadFraction(string element)
    {
        if (element[1] == '0')
        {
            if (_value.Length < element.Length || !(_value[0] is '.' or ',') || !_value.Skip(1).Take(element.Length - 1).All(IsDigit))
                return false;
            SetNanoseconds(_value.Substring(1, element.Length - 1));
            _value = _value.Substring(element.Length);
            return true;
        }

        if (_value.Length < 2 || !(_value[0] is '.' or ',') || !IsDigit(_value[1]))
            return true;
        int count = 0;
        while (count < 9 && count + 1 < _value.Length && IsDigit(_value[count + 1]))
            count++;
        SetNanoseconds(_value.Substring(1, count));
        _value = _value.Substring(1 + count);
        return true;
    }

    private void SetNanoseconds(string digits) =>
        _nanoseconds = int.Parse(digits.PadRight(9, '0').Substring(0, 9), CultureInfo.InvariantCulture);

    private bool ReadZoneName()
    {
        if (_value.StartsWith("UTC", StringComparison.Ordinal))
        {
            _isUtc = true;
            _value = _value.Substring(3);
            return true;
        }

        int length = ZoneNameLength(_value);
        if (length == 0)
            return false;
        _zone = _value.Substring(0, length);
        _value = _value.Substring(length);
        return true;
    }

    private static int ZoneNameLength(string value)
    {
        if (value.StartsWith("ChST", StringComparison.Ordinal) || value.StartsWith("MeST", StringComparison.Ordinal))
            return 4;
        if (value.StartsWith("GMT", StringComparison.Ordinal))
        {
            int digits = value.Length > 3 && (value[3] is '+' or '-') ? value.Skip(4).TakeWhile(IsDigit).Count() : 0;
            bool isOffset = digits is 1 or 2 && int.Parse(value.Substring(4, digits), CultureInfo.InvariantCulture) < 24;
            return isOffset ? 4 + digits : 3;
        }

        if (value.Length > 0 && (value[0] is '+' or '-'))
        {
            int digits = value.Skip(1).TakeWhile(IsDigit).Count();
            return digits is 1 or 2 && int.Parse(value.Substring(1, digits), CultureInfo.InvariantCulture) < 24 ? 1 + digits : 0;
        }

        int letters = value.Take(6).TakeWhile(c => c is >= 'A' and <= 'Z').Count();
        return letters switch
        {
            3 => 3,
            4 when value[3] == 'T' || value.StartsWith("WITA", StringComparison.Ordinal) => 4,
            5 when value[4] == 'T' => 5,
            _ => 0,
        };
    }

    private bool ReadOffset(string element)
    {
        if (element[0] == 'Z' && _value.StartsWith("Z", StringComparison.Ordinal))
        {
            _value = _value.Substring(1);
            _isUtc = true;
            return true;
        }

        // The shape of the layout's element, sign first: "-07:00" is sign, 2 digits, colon, 2 digits.
        if (_value.Length < element.Length)
            return false;
        string text = _value.Substring(0, element.Length);
        if (text[0] is not ('+' or '-'))
            return false;
        int[] parts = new int[3];
        int part = 0;
        for (int i = 1; i < element.Length; part++)
        {
            if (element[i] == ':')
            {
                if (text[i] != ':')
                    return false;
                i++;
            }

            if (!IsDigit(text[i]) || !IsDigit(text[i + 1]))
                return false;
            parts[part] = ((text[i] - '0') * 10) + text[i + 1] - '0';
            i += 2;
        }

        _value = _value.Substring(element.Length);
        if (parts[0] > 24)
            _range ??= "time zone offset hour";
        if (parts[1] > 60)
            _range ??= "time zone offset minute";
        if (parts[2] > 60)
            _range ??= "time zone offset second";
        int seconds = (parts[0] * 3600) + (parts[1] * 60) + parts[2];
        _offset = text[0] == '-' ? -seconds : seconds;
        return true;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}
