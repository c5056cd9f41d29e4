System.Console.WriteLine("profit");
